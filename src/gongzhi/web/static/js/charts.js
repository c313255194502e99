// Draws the charts of a page from the options beside them; colours and type are the page's own.
/* global echarts */

const tokens = () => {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(
    ["ink", "grey", "line", "line-strong", "paper", "indigo", "slate", "vermilion", "amber", "pine"]
      .map((name) => [name, read(name)]),
  );
};

// An option names colours as "@indigo"; they become the theme's.
function coloured(value, colours) {
  if (typeof value === "string" && value.startsWith("@")) return colours[value.slice(1)] ?? value;
  if (Array.isArray(value)) return value.map((part) => coloured(part, colours));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, coloured(part, colours)]));
  return value;
}

const NAMES_SHARE = 0.36; // of the width, for the names at the left of a chart
const LOOSE = 1.25; // lines broken at words are not full
const LINE = 1.35; // of the size of the letters
const AXIS = 60; // pixels for the axis below

function dressed(option, colours, size, width) {
  const text = { color: colours.ink, fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily };
  const axis = {
    axisLabel: { color: colours.ink, fontSize: size },
    nameTextStyle: { color: colours.grey, fontSize: size },
    axisLine: { lineStyle: { color: colours["line-strong"] } },
    splitLine: { lineStyle: { color: colours.line } },
  };
  const tooltip = {
    renderMode: "richText", // its HTML twin would need unsafe-inline styles
    backgroundColor: colours.paper,
    borderColor: colours["line-strong"],
    textStyle: text,
    ...option.tooltip,
  };
  const join = (own) => (Array.isArray(own) ? own.map(join) : merged(axis, own ?? {}));
  return {
    animation: false, // nothing moves unless the reader moved it
    aria: { enabled: false }, // the sentence is the label, the table the description
    textStyle: text,
    ...option,
    tooltip,
    ...(option.legend && { legend: { textStyle: text, ...option.legend } }),
    xAxis: join(option.xAxis),
    yAxis: named(join(option.yAxis), width * NAMES_SHARE),
  };
}

function merged(first, second) {
  const both = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const plain = value && typeof value === "object" && !Array.isArray(value);
    both[key] = plain ? merged(first[key] ?? {}, value) : value;
  }
  return both;
}

function named(axis, width) {
  if (axis.type !== "category") return axis;
  return { ...axis, axisLabel: { ...axis.axisLabel, width, overflow: "break", interval: 0 } };
}

// The height at which the names at the left, broken into lines, don't run into each other.
function heightFor(names, size, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  const lines = names.map((name) => Math.ceil((pen.measureText(name).width * LOOSE) / (width * NAMES_SHARE)));
  return names.length * Math.max(1, ...lines) * size * LINE + AXIS;
}

function draw(box) {
  const colours = tokens();
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875;
  const option = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  box.classList.add("drawn");
  const names = option.yAxis?.type === "category" ? option.yAxis.data : [];
  const fit = () => {
    const height = Math.max(box.clientHeight, heightFor(names, size, box.clientWidth));
    box.style.height = `${Math.ceil(height)}px`;
  };
  fit();
  const chart = echarts.init(box, null, { renderer: "canvas", devicePixelRatio: Math.max(2, devicePixelRatio) });
  const show = () => chart.setOption(dressed(coloured(option, colours), colours, size, box.clientWidth));
  show();
  new ResizeObserver(() => {
    fit();
    chart.resize();
    show();
  }).observe(box);
  return chart;
}

function save(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

// A cell that a spreadsheet would take for a formula is written as text.
const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replaceAll('"', '""')}"`;

for (const figure of document.querySelectorAll("figure.chart")) {
  const chart = draw(figure.querySelector("[data-chart]"));
  const picture = figure.querySelector("[data-save-chart]");
  picture.hidden = false;
  picture.addEventListener("click", () =>
    save(`${figure.id}.png`, chart.getDataURL({ pixelRatio: 2, backgroundColor: tokens().paper })),
  );
  const table = figure.querySelector("[data-save-table]");
  table.hidden = false;
  table.addEventListener("click", () => {
    const rows = [...figure.querySelectorAll("table tr")].map((row) =>
      [...row.cells].map((each) => cell(each.textContent.trim())).join(","),
    );
    const blob = new Blob(["\ufeff" + rows.join("\r\n")], { type: "text/csv" });
    const address = URL.createObjectURL(blob);
    save(`${figure.id}.csv`, address);
    URL.revokeObjectURL(address);
  });
  figure.querySelector("details").open = false; // the drawing says it; the table is one click away
}
