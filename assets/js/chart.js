/*
 * Draws tables of figures (docs/indicators.md#charts): bars or lines in SVG, which print sharp. Without this script, or without ECharts, the
 * figures stay hidden and the tables say it all.
 *
 *   <figure data-chart="ID of the table" data-shape="bar|line" data-axis="OF UNIT;…" data-asked="selector" data-title="…" hidden>
 *   data-number      of a cell: what is drawn; what is told is the cell's own text. A column that has one is a series, its name the column's head
 *   data-axis        the units, from the least on: number / OF; the greatest that leaves something before the point is taken
 *   data-aim         what the figure is held against: a dashed line, which says data-aim-said
 *   data-asked       what the chart is of, for who has only the file
 *
 * Nothing moves, nothing is drawn as HTML (richText), and no style stands in an attribute of the page as it was sent.
 */
"use strict";

(() => {
  const { echarts } = window, FILE = { width: 960, height: 540 };

  if (!echarts) return;
  const style = getComputedStyle(document.documentElement), colour = name => style.getPropertyValue(`--${name}`).trim();
  const ink = colour("ink"), soft = colour("soft"), line = colour("line"), river = colour("river");
  const colours = ["iron", "enterprise", "finance", "broker"].map(colour);
  const family = style.fontFamily.replaceAll('"', "'"); /* it stands in an attribute of the file */
  const digits = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });

  /* ---- what the table says ------------------------------------------------------------------ */

  const words = cell => cell.textContent.replace(/\s+/g, " ").trim();
  const number_of = text => (text ? Number(text) : null); /* "": not known */

  /* The first row is the earliest: months and years sort as texts. */
  function read(table) {
    const rows = [...table.tBodies[0].rows].sort((a, b) => (words(a.cells[0]) < words(b.cells[0]) ? -1 : 1));
    const columns = [...table.tHead.rows[0].cells].map((head, nth) => ({ head, cells: rows.map(row => row.cells[nth]) }))
      .filter(({ cells }) => cells.some(cell => cell?.dataset.number !== undefined));

    return { names: rows.map(row => words(row.cells[0])), series: columns.map(({ head, cells }) => ({ name: words(head),
      numbers: cells.map(cell => number_of(cell.dataset.number)), said: cells.map(words) })) };
  }

  function unit_for(axis, numbers) {
    const units = [...axis.matchAll(/(\d+) ([^;]*);/g)].map(([, of, unit]) => ({ of: Number(of), unit }));
    const most = Math.max(...numbers.map(Math.abs), 0);

    return units.filter(({ of }) => most >= of).pop() ?? units[0] ?? { of: 1, unit: "" };
  }

  /* ---- how it is drawn ---------------------------------------------------------------------- */

  /* A bar that is not there because nothing is known, or told, is no nought. The year stands below its first month. */
  function label_of({ names, series }, shape) {
    const unknown = nth => shape === "bar" && series.every(({ numbers }) => numbers[nth] === null);

    return (name, nth) => {
      const month = /^\d{4}-\d\d$/.test(name), year = month && (nth === 0 || name.endsWith("-01"));

      return [month ? name.slice(5) : name, ...unknown(nth) ? ["—"] : [], ...year ? [name.slice(0, 4)] : []].join("\n");
    };
  }

  /* A round number that leaves room above. */
  function above(aim) {
    const half = 10 ** Math.floor(Math.log10(aim)) / 2;

    return Math.ceil(aim * 1.05 / half) * half;
  }

  function aim_line({ aim, aimSaid }, of) {
    return aim ? { silent: true, symbol: "none", animation: false, lineStyle: { type: "dashed", color: river, width: 2 }, data: [{ yAxis: Number(aim) / of }],
      label: { formatter: aimSaid, position: "insideEndTop", color: river, fontSize: 12 } } : undefined;
  }

  function series_of(table, figure, of) {
    const { shape } = figure.dataset;

    return table.series.map(({ name, numbers }, nth) => ({ name, type: shape, data: numbers.map(number => (number === null ? null : number / of)), barMaxWidth: 36,
      symbol: "circle", symbolSize: 7, lineStyle: { width: 2.5 }, markLine: nth ? undefined : aim_line(figure.dataset, of), emphasis: { disabled: true } }));
  }

  /* As the table says it. */
  function tooltip_of({ names, series }, shape) {
    const tell = ([{ dataIndex: nth }]) => [names[nth], ...series.map(({ name, said }) => (series.length > 1 ? `${name} ${said[nth]}` : said[nth]))].join("\n");

    return { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: shape === "bar" ? "shadow" : "line", animation: false },
      textStyle: { color: ink, fontSize: 13 }, borderColor: line, formatter: tell, transitionDuration: 0 };
  }

  /* `head`: the lines that the file has above; on the page they stand around the chart. */
  function option_of(figure, width, head = []) {
    const table = read(document.getElementById(figure.dataset.chart)), { dataset } = figure, several = table.series.length > 1;
    const numbers = table.series.flatMap(({ numbers }) => numbers).concat(dataset.aim ? Number(dataset.aim) : []).filter(Number.isFinite);
    const { of, unit } = unit_for(dataset.axis, numbers), narrow = width < 900, edge = head.length ? 24 : 0, head_height = head.length ? edge + 28 + 20 * (head.length - 1) : 0;
    const key = several ? narrow ? 22 * table.series.length + 8 : 30 : 0, percent = unit === "%";

    return {
      animation: false, color: colours, textStyle: { fontFamily: family },
      title: { text: head[0] ?? "", subtext: head.slice(1).join("\n"), left: edge, top: edge, padding: 0, textStyle: { color: ink, fontSize: 18 },
        subtextStyle: { color: soft, fontSize: 12, lineHeight: 18 } },
      legend: { show: several, top: head_height, left: edge, orient: narrow ? "vertical" : "horizontal", padding: 0, itemGap: narrow ? 8 : 20, selectedMode: false,
        textStyle: { color: ink } },
      grid: { left: edge + 4, right: edge + 8, top: head_height + key + 34, bottom: edge + 4, containLabel: true },
      tooltip: tooltip_of(table, dataset.shape),
      xAxis: { type: "category", data: table.names, axisTick: { show: false }, axisLine: { lineStyle: { color: soft } }, axisLabel: { color: soft, lineHeight: 15,
        formatter: label_of(table, dataset.shape), hideOverlap: true } },
      yAxis: { type: "value", name: percent ? "" : unit, nameTextStyle: { color: soft, align: "left" }, nameGap: 14, splitLine: { lineStyle: { color: line } },
        minInterval: of === 1 ? 1 : undefined, max: ({ max }) => (Number(dataset.aim) / of > max ? above(Number(dataset.aim) / of) : null),
        axisLabel: { color: soft, formatter: value => digits.format(value) + (percent ? "%" : "") } },
      series: series_of(table, figure, of),
    };
  }

  /* ---- the file ----------------------------------------------------------------------------- */

  const lines_above = ({ title, asked }) => [title, [...document.querySelectorAll(asked)].map(words).join(" · ")].filter(Boolean);

  function file_of(figure) {
    const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...FILE });

    chart.setOption({ ...option_of(figure, FILE.width, lines_above(figure.dataset)), backgroundColor: "#fff" });
    const text = chart.renderToSVGString({ cssEmphasis: false });
    chart.dispose();
    return new Blob([text], { type: "image/svg+xml" });
  }

  function save(figure) {
    const link = document.createElement("a");

    link.href = URL.createObjectURL(file_of(figure));
    link.download = `${figure.dataset.title}.svg`;
    link.click();
    setTimeout(URL.revokeObjectURL, 60000, link.href);
  }

  /* ---- the page ----------------------------------------------------------------------------- */

  /* Of what nobody knows, and of nothing but noughts, there is nothing to see. */
  function shows(table, { shape, aim }) {
    const numbers = table.series.flatMap(({ numbers }) => numbers).filter(number => number !== null);

    return numbers.length > 0 && (shape === "line" || aim || numbers.some(number => number !== 0));
  }

  function fit(chart, figure, width = "auto", height = "auto") {
    const svg = figure.querySelector("svg");

    chart.resize({ width, height });
    chart.setOption(option_of(figure, chart.getWidth()));
    svg.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  }

  function draw(figure) {
    const place = figure.querySelector("div"), table = read(document.getElementById(figure.dataset.chart)), several = table.series.length > 1;
    const folded = figure.nextElementSibling?.tagName === "DETAILS" ? figure.nextElementSibling : null;

    if (!shows(table, figure.dataset)) return;
    figure.hidden = false;
    figure.classList.toggle("wide", several);
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option_of(figure, place.clientWidth));
    figure.querySelector("button").addEventListener("click", () => save(figure));
    new ResizeObserver(() => {
      if (!matchMedia("print").matches && place.clientWidth !== chart.getWidth()) fit(chart, figure);
    }).observe(place);
    /* On paper the style sheet stretches it to the width that is there: drawn about as wide, its letters keep their size. */
    addEventListener("beforeprint", () => {
      fit(chart, figure, several ? 660 : 340, several ? 320 : 210);
      if (folded) [folded.dataset.was, folded.open] = [folded.open, true];
    });
    addEventListener("afterprint", () => {
      fit(chart, figure);
      if (folded) folded.open = folded.dataset.was === "true";
    });
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
