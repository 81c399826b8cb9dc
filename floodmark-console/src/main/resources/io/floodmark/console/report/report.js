'use strict';
// Draws the report from the JSON in #data. Every text enters the page as a text node, never as markup.
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const run = data.run;
  const account = data.account;
  const series = data.series;
  const points = (series.start || []).length;
  const NOTHING = '–';

  // Writing numbers, the same in every locale.

  const grouped = (n) => Math.round(n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fixed = (n, digits) => n.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/, ',');

  function millis(ms) {
    if (ms === 0) return '0';
    if (ms < 0.1) return ms.toFixed(3);
    if (ms < 10) return ms.toFixed(2);
    return ms < 100 ? ms.toFixed(1) : grouped(ms);
  }

  const bound = (p) => (p.lowerBound ? '≥' : '') + millis(p.millis);
  const rate = (n) => (n < 1000 ? n.toFixed(1) : grouped(n));
  const percent = (part, whole) => (whole === 0 ? NOTHING : (100 * part / whole).toFixed(2) + ' %');

  function bytes(n) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
    let unit = 0;
    while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit++; }
    return n.toFixed(unit === 0 ? 0 : 1) + ' ' + units[unit];
  }

  function seconds(s) {
    if (s < 1) return Math.round(s * 1000) + ' ms';
    if (s < 120) return (Number.isInteger(s) ? s : s.toFixed(1)) + ' s';
    const minutes = Math.floor(s / 60);
    return minutes < 120
      ? minutes + ' min' + (s % 60 ? ' ' + Math.round(s % 60) + ' s' : '')
      : Math.floor(minutes / 60) + ' h ' + minutes % 60 + ' min';
  }

  // Building elements.

  // Control characters of messages would show as boxes.
  const printable = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  const byId = (id) => document.getElementById(id);

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children.filter((c) => c !== '').map((c) => (c instanceof Node ? c : printable(String(c)))));
    return made;
  }

  function definitions(pairs) {
    const list = element('dl');
    for (const [term, text] of pairs) list.append(element('dt', '', term), element('dd', '', text));
    return list;
  }

  /** columns: [{name, text}], rows: [{cells: [text or node], kind}]; the first cell heads its row. */
  function table(caption, columns, rows) {
    const align = (c) => (c.text ? 'text' : '');
    const head = element('tr');
    for (const c of columns) {
      const cell = element('th', c.text ? 'text' : '', c.name);
      cell.scope = 'col';
      head.append(cell);
    }
    const body = element('tbody');
    for (const row of rows) {
      const line = element('tr', row.kind === 'group' ? 'group' : '');
      row.cells.forEach((cell, i) => {
        const made = element(i === 0 ? 'th' : 'td', i === 0 && row.kind === 'sub' ? 'sub' : align(columns[i]), cell);
        if (i === 0) made.scope = row.kind === 'group' ? 'rowgroup' : 'row';
        if (row.kind === 'group') made.colSpan = columns.length;
        line.append(made);
      });
      body.append(line);
    }
    const scroll = element('div', 'table', element('table', '', element('caption', '', caption), element('thead', '', head), body));
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', caption);
    return scroll;
  }

  const mark = (good, text) => element('span', good ? 'good-text' : 'bad-text', (good ? '✓ ' : '✗ ') + text);

  // The head of the page.

  const elapsed = data.elapsedSeconds;
  const perSecond = (n) => (elapsed > 0 ? rate(n / elapsed) + '/s' : NOTHING);

  function head() {
    byId('heading').textContent = run.workload + ' on ' + run.target;
    const parts = [run.arrival, seconds(elapsed) + ' of ' + seconds(run.durationSeconds), run.workers + ' workers'];
    if (!run.closedLoop) parts.push('queue ' + run.queueCapacity + ' (' + run.queuePolicy + ')');
    parts.push(run.deadlineSeconds > 0 ? 'deadline ' + seconds(run.deadlineSeconds) : 'no deadline');
    parts.push(run.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'));
    byId('shape').textContent = parts.join(' · ');
    byId('closed-loop').hidden = !run.closedLoop;
  }

  function verdict() {
    const tones = { pass: 'good', interrupted: 'warn', aborted: 'bad', slo_missed: 'bad', invalid: 'bad' };
    const banner = byId('verdict');
    banner.classList.add(tones[data.verdict.label] || 'warn');
    const why = data.verdict.reasons.length === 0
      ? element('p', 'why', 'The run completed and its result is valid; '
        + (data.thresholds.length === 0 ? 'no threshold was stated.' : 'every threshold held.'))
      : element('ul', '', ...data.verdict.reasons.map((r) => element('li', '', r)));
    banner.append(element('p', 'word', data.verdict.word), why);
  }

  function card(name, value, unit, note, tone) {
    return element('div', 'card ' + (tone || ''), element('p', 'name', name),
      element('p', 'value', value, unit ? element('small', '', ' ' + unit) : ''), element('p', 'note', note));
  }

  function headroom() {
    const base = run.closedLoop ? account.done : account.due;
    return base > 0 && elapsed > 0 ? (data.certificate.calibration.ceilingPerSecond * elapsed / base).toFixed(1) + ' ×' : NOTHING;
  }

  function cards() {
    const response = data.total.response;
    const none = response.count === 0;
    const bad = account.failed + account.conflicted + account.timedOut + account.skipped + account.rejected + account.inQueue + account.inFlight;
    byId('figures').append(
      card('Achieved', elapsed > 0 ? rate(account.done / elapsed) : NOTHING, 'per s',
        run.closedLoop ? 'no rate offered' : 'of ' + perSecond(account.due) + ' offered'),
      card('Response p50', none ? NOTHING : bound(response.p50), 'ms', 'mean ' + (none ? NOTHING : mean(response) + ' ms')),
      card('Response p99', none ? NOTHING : bound(response.p99), 'ms', 'max ' + (none ? NOTHING : bound(response.max) + ' ms')),
      card('Done', grouped(account.done), '', percent(account.done, account.due) + ' of ' + grouped(account.due)),
      card('Not done', grouped(bad), '', percent(bad, account.due) + ' of arrivals', bad > 0 ? '' : 'good'),
      card('Generator', data.certificate.faults.length === 0 ? 'Valid' : 'Invalid', '', 'headroom ' + headroom(),
        data.certificate.faults.length === 0 ? 'good' : 'bad'));
  }

  // Tables.

  const mean = (latency) => (latency.censored > 0 ? '≥' : '') + millis(latency.mean);

  function latencyRow(name, latency, kind) {
    const values = latency.count === 0
      ? Array(7).fill(NOTHING)
      : [latency.p50, latency.p90, latency.p95, latency.p99, latency.p999, latency.max].map(bound).concat(mean(latency));
    return { kind, cells: [name, ...values, grouped(latency.count)] };
  }

  function latencies() {
    const rows = [
      latencyRow('Response', data.total.response), latencyRow('Wait', data.total.waiting),
      latencyRow('in queue', data.queueWait, 'sub'), latencyRow('for a connection', data.poolWait, 'sub'),
      latencyRow('Service', data.total.service), latencyRow('Generator lag', data.generatorLag)];
    for (const kind of data.kinds) {
      rows.push({ kind: 'group', cells: [kind.kind] }, latencyRow('response', kind.response, 'sub'),
        latencyRow('wait', kind.waiting, 'sub'), latencyRow('service', kind.service, 'sub'));
    }
    const names = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'mean', 'count'].map((name) => ({ name }));
    byId('latency-table').append(table('Whole run with its warm-up, milliseconds',
      [{ name: 'Part', text: true }, ...names], rows));
    if (data.total.response.censored > 0) {
      byId('latency-table').append(element('p', 'statement muted', '≥ lower bound: ' + grouped(data.total.response.censored)
        + ' operations never ended and count with the time that they had waited.'));
    }
  }

  const OUTCOMES = [['done', 'Done', '--done'], ['failed', 'Failed', '--failed'],
    ['conflicted', 'Conflicted', '--conflicted'], ['timedOut', 'Timed out', '--timed-out'],
    ['skipped', 'Skipped', '--skipped'], ['rejected', 'Rejected', '--rejected'],
    ['inQueue', 'Never started', '--in-queue'], ['inFlight', 'Unfinished', '--in-flight']];

  function accountTable() {
    const t = data.timeouts;
    const notes = {
      conflicted: 'lost to concurrent operations until out of retries',
      timedOut: 'in queue ' + grouped(t.inQueue) + ', in pool ' + grouped(t.inPool) + ', in service ' + grouped(t.inService),
      skipped: 'already past the deadline', rejected: 'the queue was full' };
    const rows = [['due', 'Due'], ...OUTCOMES].map(([key, name]) => ({
      cells: [element('span', '', element('span', 'swatch ' + key), name), grouped(account[key]),
        percent(account[key], account.due), notes[key] || ''] }));
    byId('account-table').append(table('What became of every due arrival',
      [{ name: 'Outcome', text: true }, { name: 'Arrivals' }, { name: 'Percent' }, { name: 'Where', text: true }], rows));
    const sum = OUTCOMES.map(([key]) => grouped(account[key])).join(' + ') + ' = ' + grouped(account.due - data.residual);
    const closes = data.residual === 0 && data.booksClosed;
    byId('books').append(closes ? mark(true, 'The books close: ' + sum + ' due.')
      : mark(false, 'The books do not close: ' + sum + (data.residual === 0 ? ' at the end, but not in every interval.'
        : ', but ' + grouped(account.due) + ' were due.')));
  }

  function certificate() {
    const c = data.certificate;
    const lag = c.lagWithFreeWorker;
    byId('certificate').append(definitions([
      ['Testimony', mark(c.faults.length === 0, c.faults.length === 0 ? 'valid: the result measures the target' : 'invalid: the generator was part of what was measured')],
      ['Ceiling', rate(c.calibration.ceilingPerSecond) + '/s with a target that does nothing, measured for ' + seconds(c.calibration.seconds)],
      ['Headroom', headroom() + (run.closedLoop ? ' the achieved rate' : ' the offered rate')],
      ['Lag, worker free', lag.count === 0 ? 'no arrival found a free worker' : 'p50 ' + bound(lag.p50) + ' ms, p99 ' + bound(lag.p99) + ' ms, max ' + bound(lag.max) + ' ms'],
      ['Disturbed', grouped(c.disturbed) + ' arrivals (' + c.disturbedPercent.toFixed(2) + ' %) later than ' + millis(c.lagLimitMillis) + ' ms although a worker was free'],
      ['Pauses', 'longest ' + millis(c.pauseMillisMax) + ' ms, all ' + millis(c.pauseMillisTotal) + ' ms, garbage collection ' + millis(c.gcMillis) + ' ms'],
      ['CPU', (c.cpuPercent === null ? 'unknown' : Math.round(c.cpuPercent) + ' % of all cores') + ', throttled for ' + millis(c.throttledMillis) + ' ms'],
      ['Steady state', data.steadyFromSeconds === null ? 'not found: too short, or never steady (MSER-5)' : 'from ' + data.steadyFromSeconds.toFixed(1) + ' s on (MSER-5)']]));
    if (c.faults.length + c.notes.length > 0) {
      byId('certificate').append(element('ul', 'plain', ...c.faults.map((f) => element('li', '', mark(false, f))),
        ...c.notes.map((n) => element('li', 'muted', n))));
    }
  }

  function thresholds() {
    byId('thresholds').append(data.thresholds.length === 0 ? element('p', 'muted', 'None were stated.')
      : table('Objectives and how they fared',
        [{ name: 'Objective', text: true }, { name: 'Observed' }, { name: 'Result' }],
        data.thresholds.map((t) => ({ cells: [t.expression, t.observed, mark(t.passed, t.passed ? 'held' : 'missed')] }))));
  }

  function failures() {
    byId('failures').append(data.failures.length === 0 ? element('p', 'muted', 'No operation failed.')
      : table('Failures by kind, most frequent first',
        [{ name: 'Kind and example', text: true }, { name: 'Count' }, { name: 'First' }, { name: 'Last' }],
        data.failures.map((f) => ({ cells: [element('div', 'failure', f.kind, element('p', '', f.example)),
          grouped(f.count), f.firstSeconds.toFixed(1) + ' s', f.lastSeconds.toFixed(1) + ' s'] }))));
  }

  function writeCheck() {
    byId('write-check-section').hidden = data.writeChecks.length === 0;
    for (const w of data.writeChecks) {
      const made = w.problem === '';
      const lossFree = made && w.ackedLost === 0 && w.duplicated === 0 && w.violations.length === 0;
      byId('write-check').append(definitions(made ? [
        ['Result', mark(lossFree, lossFree ? 'every acknowledged write is there, once'
          : w.violations.length > 0 ? w.violations.join('; ') : 'acknowledged writes are lost or duplicated')],
        ['Acknowledged', grouped(w.acknowledged)], ['Found', grouped(w.found)], ['Lost', grouped(w.ackedLost)],
        ['Duplicated', grouped(w.duplicated)],
        ['Unknown outcome', grouped(w.unknown) + ', of which ' + grouped(w.unknownFound) + ' are there']]
        : [['Result', mark(false, 'not made: ' + w.problem)]]));
    }
  }

  function lists() {
    byId('notices-section').hidden = data.notices.length === 0;
    byId('notices').append(...data.notices.map((n) => element('li', '', n)));
    byId('settings').append(definitions([['Run', run.id], ['Kinds', run.kinds.join(', ') || NOTHING], ['Seed', run.seed],
      ['Bytes written', bytes(data.bytesWritten) + (elapsed > 0 ? ' (' + bytes(data.bytesWritten / elapsed) + '/s)' : '')],
      ['Deepest queue', grouped(data.queueDepthMax) + ' of ' + grouped(run.queueCapacity)],
      ...Object.entries(data.counts).map(([name, count]) => [name.replaceAll('_', ' '), grouped(count)]), ...Object.entries(run.settings)]));
    byId('environment-section').hidden = Object.keys(data.environment).length === 0;
    byId('environment').append(definitions(Object.entries(data.environment)));
  }

  // Plots.

  // A second without a value arrives as "NaN" and becomes a gap.
  const values = (name) => (series[name] || []).map((v) => (typeof v === 'number' ? v : null));
  const middles = values('start').map((s, i) => (s + series.end[i]) / 2);
  const xy = (ys) => ys.map((y, i) => ({ x: middles[i], y }));
  const perSecondOf = (name) => values(name).map((v, i) => {
    const length = series.end[i] - series.start[i];
    return v === null || !(length > 0) ? null : v / length;
  });
  // As the certificate judges the whole run: fewer than one in a hundred is a note, not a mark.
  const disturbed = (i) => values('disturbed')[i] > 0.01 * values('due')[i];
  const positive = (ys) => ys.map((y) => (y > 0 ? y : null));
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const shading = {
    id: 'shading',
    // Over the data, because stacked areas would hide it; the colours let the data through.
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const band = (from, to, fill) => {
        const left = Math.max(chartArea.left, scales.x.getPixelForValue(from));
        const right = Math.min(chartArea.right, Math.max(scales.x.getPixelForValue(to), left + 2));
        if (right <= left) return;
        ctx.fillStyle = fill;
        ctx.fillRect(left, chartArea.top, right - left, chartArea.bottom - chartArea.top);
      };
      ctx.save();
      if (data.steadyFromSeconds > 0) band(0, data.steadyFromSeconds, color('--warm-up'));
      values('disturbed').forEach((_, i) => { if (disturbed(i)) band(series.start[i], series.end[i], color('--disturbed')); });
      ctx.restore();
    }
  };

  function line(label, colorName, ys, more) {
    return { label, data: xy(ys), borderColor: color(colorName), backgroundColor: color(colorName), borderWidth: 1.75,
      pointRadius: points === 1 ? 3 : 0, pointHitRadius: 8, tension: 0, spanGaps: false, ...more };
  }

  const dashed = { borderDash: [5, 4], borderWidth: 1.5 };

  function axis(title, more) {
    return { title: { display: title !== '', text: title, color: color('--muted') }, ticks: { color: color('--muted'), maxRotation: 0, autoSkipPadding: 14 },
      grid: { color: color('--grid') }, border: { color: color('--line') }, ...more };
  }

  const lastEnd = points > 0 ? series.end[points - 1] : 1;
  const time = () => axis('seconds since start', { type: 'linear', min: 0, max: lastEnd });

  function logTicks(name, isLog) {
    return axis('ms', isLog
      ? { type: 'logarithmic', ticks: { color: color('--muted'), callback: (v) => (/^[125]0*$|^0\.0*[125]$/.test(String(v)) ? v : null) } }
      : { type: 'linear', beginAtZero: true });
  }

  function options(x, y, extra) {
    return { animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      interaction: { mode: 'index', axis: 'x', intersect: false }, scales: { x, y, ...(extra || {}) },
      plugins: {
        legend: { position: 'top', align: 'start', labels: { color: color('--ink'), usePointStyle: true, pointStyle: 'line', pointStyleWidth: 22, boxHeight: 7, padding: 14 } },
        tooltip: { callbacks: { title: (items) => (items.length ? 'at ' + items[0].parsed.x.toFixed(1) + ' s' : '') } } } };
  }

  const log = { response: true, distribution: true };

  function throughput() {
    const sets = [line('achieved', '--done', perSecondOf('done'), { backgroundColor: color('--done') })];
    if (!run.closedLoop) sets.unshift(line('offered', '--offered', perSecondOf('due'), dashed));
    return { about: 'Throughput over time: ' + (run.closedLoop ? 'no rate offered' : perSecond(account.due) + ' offered')
      + ', ' + perSecond(account.done) + ' achieved on average.', sets, plugins: [shading],
      options: options(time(), axis('per second', { beginAtZero: true })) };
  }

  function response() {
    const scaled = (name) => (log.response ? positive(values(name)) : values(name));
    const made = options(time(), logTicks('y', log.response));
    const censored = values('censored');
    made.plugins.tooltip.callbacks.label = (item) => item.dataset.label + ': '
      + (censored[item.dataIndex] > 0 ? '≥ ' : '') + millis(item.parsed.y) + ' ms';
    return { about: 'Response time over time in milliseconds; over the whole run p50 ' + bound(data.total.response.p50)
      + ', p99 ' + bound(data.total.response.p99) + ', max ' + bound(data.total.response.max) + '.', plugins: [shading], options: made,
      sets: [line('p50', '--p50', scaled('responseP50')), line('p90', '--p90', scaled('responseP90')),
        line('p99', '--p99', scaled('responseP99')), line('max', '--max', scaled('responseMax'), { borderWidth: 1 })] };
  }

  const NINES = { 1: '0 %', 2: '50 %', 10: '90 %', 100: '99 %', 1000: '99.9 %', 10000: '99.99 %', 100000: '99.999 %', 1000000: '99.9999 %' };

  function distribution() {
    const tones = { response: '--p99', service: '--done', wait: '--timed-out' };
    const sets = Object.entries(data.distributions).map(([name, list]) => {
      const shown = list.filter((p) => p.percentile < 100 && (!log.distribution || p.millis > 0));
      return line(name, tones[name] || '--offered', [], { stepped: false,
        data: shown.map((p) => ({ x: 1 / (1 - p.percentile / 100), y: p.millis, percentile: p.percentile })) });
    });
    const x = axis('percentile', { type: 'logarithmic', min: 1,
      afterBuildTicks: (scale) => { scale.ticks = Object.keys(NINES).map(Number).filter((v) => v <= scale.max).map((value) => ({ value })); },
      ticks: { color: color('--muted'), maxRotation: 0, autoSkip: true, autoSkipPadding: 10, callback: (v) => NINES[v] || '' } });
    const made = options(x, logTicks('y', log.distribution));
    made.interaction = { mode: 'nearest', axis: 'x', intersect: false };
    made.plugins.tooltip.callbacks.title = (items) => (items.length ? Number(items[0].raw.percentile.toFixed(5)) + ' % of operations' : '');
    made.plugins.tooltip.callbacks.label = (item) => item.dataset.label + ' at most ' + millis(item.parsed.y) + ' ms';
    return { about: 'Latency by percentile, one line each for ' + sets.map((s) => s.label).join(', ') + '.', sets, plugins: [],
      options: made, empty: sets.every((s) => s.data.length === 0) };
  }

  function accountPlot() {
    const keys = OUTCOMES.slice(0, 6);
    const sets = keys.map(([key, name, tone], i) => line(name, tone, perSecondOf(key).map((v) => Math.max(0, v)),
      { fill: i === 0 ? 'origin' : '-1', borderWidth: 1, stack: 'account' }));
    return { about: 'Outcomes of arrivals per second, stacked: ' + keys.map(([key, name]) => name.toLowerCase() + ' ' + grouped(account[key])).join(', ') + '.',
      sets, plugins: [shading], options: options(time(), axis('per second', { stacked: true, beginAtZero: true })) };
  }

  function levels() {
    const all = [['queue, deepest', '--max', 'queueDepthMax'], ['pool open', '--offered', 'poolOpen', dashed], ['pool active', '--done', 'poolActive'],
      ['waiting for pool', '--timed-out', 'poolWaiting'], ['server connections', '--p90', 'serverConnections'], ['server free, fewest', '--p99', 'serverFree', dashed]];
    const sets = all.filter(([, , name]) => series[name] && !(run.closedLoop && name === 'queueDepthMax'))
      .map(([label, tone, name, more]) => line(label, tone, values(name), more));
    return { about: 'Queue depth and connections over time; the deepest queue was ' + grouped(data.queueDepthMax) + ' of ' + grouped(run.queueCapacity) + '.',
      sets, plugins: [shading], options: options(time(), axis('count', { beginAtZero: true })), empty: sets.length === 0 };
  }

  function generator() {
    const sets = [line('lag p99 (ms)', '--p90', values('lagP99')), line('lag max (ms)', '--p50', values('lagMax'), { borderWidth: 1 }),
      line('longest pause (ms)', '--timed-out', values('pauseMax'))];
    const extra = {};
    if (series.cpu) {
      sets.push(line('CPU (%)', '--offered', values('cpu'), { yAxisID: 'cpu', ...dashed }));
      extra.cpu = axis('CPU %', { position: 'right', min: 0, max: 100, grid: { drawOnChartArea: false } });
    }
    return { about: 'Generator health over time: lag, pauses and CPU. Disturbed arrivals: ' + grouped(data.certificate.disturbed) + '.',
      sets, plugins: [shading], options: options(time(), axis('ms', { beginAtZero: true }), extra) };
  }

  const PLOTS = { throughput, response, distribution, account: accountPlot, levels, generator };
  const charts = {};

  function draw(id) {
    const canvas = byId(id);
    const plot = PLOTS[id]();
    if (charts[id]) charts[id].destroy();
    if (plot.empty || (points === 0 && id !== 'distribution')) {
      canvas.parentNode.classList.add('empty');
      canvas.parentNode.replaceChildren('No data for this plot.');
      delete PLOTS[id];
      return;
    }
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', plot.about);
    charts[id] = new Chart(canvas, { type: 'line', data: { datasets: plot.sets }, options: plot.options, plugins: plot.plugins });
  }

  const drawAll = () => Object.keys(PLOTS).forEach(draw);

  function notes() {
    for (const note of document.querySelectorAll('.shading')) {
      if (points === 0) continue;
      if (data.steadyFromSeconds > 0) note.append(element('span', '', element('span', 'swatch warm-up'), 'warm-up, until ' + data.steadyFromSeconds.toFixed(1) + ' s'));
      if (values('disturbed').some((_, i) => disturbed(i))) note.append(element('span', '', element('span', 'swatch disturbed'), 'generator disturbed, more than 1 % of the arrivals'));
      if (data.intervalsPerPoint > 1) note.append(element('span', '', 'each point stands for ' + data.intervalsPerPoint + ' seconds: rates are their average, latencies and levels their worst'));
    }
  }

  function toggles() {
    for (const button of document.querySelectorAll('.toggle')) {
      const id = button.dataset.plot;
      button.addEventListener('click', () => {
        log[id] = !log[id];
        button.setAttribute('aria-pressed', String(log[id]));
        draw(id);
      });
      if (!PLOTS[id]) button.hidden = true;
    }
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  head();
  verdict();
  cards();
  latencies();
  accountTable();
  certificate();
  thresholds();
  failures();
  writeCheck();
  lists();
  notes();
  drawAll();
  toggles();
  byId('distribution-section').hidden = !charts.distribution;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => { document.documentElement.dataset.print = ''; drawAll(); });
  addEventListener('afterprint', () => { delete document.documentElement.dataset.print; drawAll(); });
})();
