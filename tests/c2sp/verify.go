// A published verifier on our checkpoints and tiles: golang.org/x/mod/sumdb/note and tlog, with which Go's own checksum database is
// read, in Debian as golang-golang-x-mod-dev. Ours is only where a tile lies (C2SP tlog-tiles) and what is asked.
//
//	verify VKEY DIR [OLD]      DIR: checkpoint, tile/…, perhaps tile/entries/…; OLD: an older checkpoint of the same log
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func check(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

// checkpoint opens a signed note and takes its three lines.
func checkpoint(path string, key note.Verifier) tlog.Tree {
	bytes, err := os.ReadFile(path)
	check(err)
	opened, err := note.Open(bytes, note.VerifierList(key))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		check(fmt.Errorf("not a checkpoint of %s", key.Name()))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

// place is where C2SP tlog-tiles puts what tlog's own path calls tile/8/…
func place(tile tlog.Tile, level string) string {
	path := strings.SplitN(tile.Path(), "/", 4)[3]
	return filepath.Join("tile", level, path)
}

type folder string

func (dir folder) Height() int { return height }

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(dir), place(tile, strconv.Itoa(tile.L))))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (dir folder) SaveTiles([]tlog.Tile, [][]byte) {}

// leaves hashes the entries of the first bundle and holds them against the tree.
func leaves(dir folder, tree tlog.Tree, reader tlog.HashReader) int {
	width := int(tree.N)
	if width > 256 {
		width = 256
	}
	bundle, err := os.ReadFile(filepath.Join(string(dir), place(tlog.Tile{H: height, L: 0, N: 0, W: width}, "entries")))
	if err != nil {
		return 0
	}
	count := 0
	for ; len(bundle) > 0; count++ {
		size := int(binary.BigEndian.Uint16(bundle))
		proof, err := tlog.ProveRecord(tree.N, int64(count), reader)
		check(err)
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(count), tlog.RecordHash(bundle[2:2+size])))
		bundle = bundle[2+size:]
	}
	return count
}

func main() {
	key, err := note.NewVerifier(os.Args[1])
	check(err)
	dir := folder(os.Args[2])
	tree := checkpoint(filepath.Join(string(dir), "checkpoint"), key)
	reader := tlog.TileHashReader(tree, dir) // holds each tile against the root before it believes it
	proved := 0
	for n := int64(0); n < tree.N; n += 1 + tree.N/997 {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		check(err)
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		check(err)
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, n, hashes[0]))
		proved++
	}
	entries := leaves(dir, tree, reader)
	if len(os.Args) > 3 {
		old := checkpoint(os.Args[3], key)
		proof, err := tlog.ProveTree(tree.N, old.N, reader)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	}
	fmt.Printf("accepted: %d leaves, %d proofs, %d entries\n", tree.N, proved, entries)
}
