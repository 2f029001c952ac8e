// Draws a chart above each table of a report, from the table itself: what is drawn is what can be read, and without this script the
// table is there alone. Colours are the page's own, so that dark and high-contrast looks hold for charts too.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip)

const LONGEST = 34
const looks = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
const charts = []

function colours() {
  const style = getComputedStyle(document.documentElement)
  const forced = matchMedia('(forced-colors: active)').matches
  const named = (name, system) => (forced ? system : style.getPropertyValue(name).trim())
  return {
    series: [named('--fd-chart-now', 'Highlight'), named('--fd-chart-before', 'GrayText')],
    text: named('--fd-chart-text', 'CanvasText'),
    line: named('--fd-chart-line', 'GrayText'),
  }
}

function rowsOf(table) {
  return [...table.tBodies[0].rows].filter((row) => row.dataset.total === undefined)
}

function short(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

function draw(table) {
  const canvas = document.getElementById(table.dataset.chart)
  const drawn = table.dataset.drawn.split(' ').map(Number)
  const rows = rowsOf(table)
  const byTime = table.dataset.byTime !== undefined
  const { series, text, line } = colours()
  const datasets = drawn.map((column, number) => ({
    label: table.tHead.rows[0].cells[column].textContent.trim(),
    data: rows.map((row) => (row.cells[column].dataset.number === undefined ? null : Number(row.cells[column].dataset.number))),
    backgroundColor: series[number],
    maxBarThickness: 28,
  }))
  const numbers = { beginAtZero: true, ticks: { color: text, precision: 0 }, grid: { color: line }, border: { color: line } }
  const names = { ticks: { color: text, autoSkip: false }, grid: { display: false }, border: { color: line } }
  canvas.parentElement.style.setProperty('height', byTime ? '320px' : `${rows.length * (drawn.length > 1 ? 40 : 28) + 72}px`)
  canvas.parentElement.hidden = false
  return new Chart(canvas, {
    type: 'bar',
    data: { labels: rows.map((row) => short(row.cells[0].textContent.trim())), datasets },
    options: {
      animation: false,
      indexAxis: byTime ? 'x' : 'y',
      maintainAspectRatio: false,
      scales: byTime ? { x: names, y: numbers } : { x: numbers, y: names },
      plugins: { legend: { display: drawn.length > 1, labels: { color: text } } },
    },
  })
}

function drawAll() {
  charts.splice(0).forEach((chart) => chart.destroy())
  for (const table of document.querySelectorAll('table[data-chart]')) charts.push(draw(table))
  document.documentElement.dataset.charts = String(charts.length)
}

drawAll()
for (const look of looks) look.addEventListener('change', drawAll)
addEventListener('beforeprint', () => charts.forEach((chart) => chart.resize()))
