# The sentences that tieqiao-verify may have to say, with their English: of po/en.po those that stand in the rooms it is made of.
# Their escapes are those of C.
/^#: /     { ours = $0 ~ /src\/(verify|ledger|seal|base)\// }
/^msgid /  { text = substr($0, 7) }
/^msgstr / { if (ours && text != "\"\"" && substr($0, 8) != "\"\"") print "{" text ", " substr($0, 8) "},"; ours = 0 }
