// Bars, drawn by Chart.js. Each chart says in a sentence what it shows; the numbers stand beside it as a table.

/** A colour of the style sheet, as it is in the present look. */
function colour(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** <bar-chart .bars=${{labels, series: [{label, colour, values}]}} label="what it shows"> */
class BarChart extends HTMLElement {
  #bars;
  #chart;
  #redraw = () => this.#draw(true);

  set bars(bars) {
    const same = JSON.stringify(bars) === JSON.stringify(this.#bars);
    this.#bars = bars;
    if (!same && this.isConnected) {
      this.#draw(false);
    }
  }

  connectedCallback() {
    addEventListener('look', this.#redraw);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#redraw);
    this.#draw(true);
  }

  disconnectedCallback() {
    removeEventListener('look', this.#redraw);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.#redraw);
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  #draw(anew) {
    const {labels, series} = this.#bars;
    const data = {labels, datasets: series.map(({label, colour: name, values}) => ({label, data: values, backgroundColor: colour(name)}))};
    if (this.#chart && !anew) {
      this.#chart.data = data;
      this.#chart.update();
      return;
    }
    this.#chart?.destroy();
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', this.getAttribute('label'));
    this.replaceChildren(canvas);
    const [text, line] = [colour('quiet'), colour('line')];
    const axis = {stacked: true, ticks: {color: text, maxRotation: 0, autoSkipPadding: 12}, border: {color: line}};
    this.#chart = new window.Chart(canvas, {
      type: 'bar',
      data,
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: {mode: 'index', intersect: false},
        scales: {
          x: {...axis, grid: {display: false}},
          y: {...axis, grid: {color: line}, beginAtZero: true, ticks: {...axis.ticks, precision: 0}},
        },
        plugins: {legend: {labels: {color: text, boxWidth: 12, boxHeight: 12}, position: 'bottom'}},
      },
    });
  }
}

customElements.define('bar-chart', BarChart);
