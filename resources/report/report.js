// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the charts of a report: one cursor and one stretch of time for all. Texts from the data become text nodes only.
'use strict';
(() => {
    const data = JSON.parse(document.getElementById('data').textContent);
    if (!data.t.length)
        return;

    const HEIGHT_OF_MARK_TEXT = 13;
    const LONGEST_MARK_TEXT = 28;
    const ROWS_OF_MARK_TEXTS = 4;
    const charts = [];
    let isFollowing = false; // a chart does what another did

    // Texts, as in the tables.
    const threeDigits = value => {
        const size = Math.abs(value);
        return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
    };
    const plain = value => String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
    const bytes = value => {
        const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
        let unit = 0;
        while (Math.abs(value) >= 1023.5 && unit < units.length - 1) {
            value /= 1024;
            ++unit;
        }
        return value.toFixed(unit === 0 || Math.abs(value) >= 99.95 ? 0 : 1) + ' ' + units[unit];
    };
    const milliseconds = value => {
        if (value === 0)
            return '0 ms';
        if (Math.abs(value) < 0.9995)
            return threeDigits(value * 1000) + ' µs';
        return Math.abs(value) < 999.5 ? threeDigits(value) + ' ms' : threeDigits(value / 1000) + ' s';
    };
    const elapsed = seconds => {
        const whole = Math.max(0, Math.floor(seconds));
        const two = number => String(number).padStart(2, '0');
        const hours = Math.floor(whole / 3600);
        const minutes = Math.floor(whole / 60) % 60;
        return (hours > 0 ? hours + ':' + two(minutes) : String(minutes)) + ':' + two(whole % 60);
    };
    const valueText = {
        ms: milliseconds,
        per_s: value => plain(value) + '/s',
        bytes,
        percent: value => plain(value) + ' %',
        count: plain,
    };
    const axisText = {
        ms: value => (Math.abs(value) >= 1000 ? plain(value / 1000) + ' s' : plain(value) + ' ms'),
        per_s: valueText.per_s,
        bytes,
        percent: valueText.percent,
        count: plain,
    };

    const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
    const colorsOf = chart => chart.lines.map((line, index) => color('line-' + index % 8) + (line.broad ? '59' : '')); // 35 %

    function timeTicks(from, to, pixels) {
        const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];
        const wanted = (to - from) / Math.max(1, pixels / 90);
        const step = steps.find(one => one >= wanted) || Math.ceil(wanted / 86400) * 86400;
        const ticks = [];
        for (let time = Math.ceil(from / step) * step; time <= to; time += step)
            ticks.push({ v: time, label: elapsed(time) });
        return ticks;
    }

    // The highest value that is drawn, with the bounds that are near enough.
    function topOf(chart) {
        const peak = Math.max(0, ...chart.lines.map(line => line.values.reduce((high, value) => Math.max(high, value || 0), 0)));
        const near = chart.bounds.filter(bound => bound.shown).map(bound => bound.value);
        return Math.max(peak, ...near) * 1.12 || 1;
    }

    const upright = (graph, mark) => Math.round(graph.toDomXCoord(mark.t)) + 0.5;

    function drawUpright(context, area, x, isStage) {
        context.setLineDash(isStage ? [2, 3] : [1, 2]);
        context.strokeStyle = color('mark');
        context.beginPath();
        context.moveTo(x, area.y);
        context.lineTo(x, area.y + area.h);
        context.stroke();
    }

    // Where the texts of marks stand: each in the highest row in which it touches no other, the names of stages before
    // the rest. For one that fits into no row its line stands alone.
    function placedTexts(context, graph, area, marks) {
        const rows = Array.from({ length: ROWS_OF_MARK_TEXTS }, () => []);
        for (const mark of [...marks.filter(one => one.stage), ...marks.filter(one => !one.stage)]) {
            const text = mark.text.length > LONGEST_MARK_TEXT ? mark.text.slice(0, LONGEST_MARK_TEXT - 1) + '…' : mark.text;
            const width = context.measureText(text).width;
            const x = upright(graph, mark);
            const left = x + 4 + width < area.x + area.w ? x + 4 : x - 4 - width;
            const isFree = row => row.every(other => left > other.right + 6 || left + width + 6 < other.left);
            rows.find(isFree)?.push({ text, left, right: left + width });
        }
        return rows;
    }

    function drawMarks(context, graph, area) {
        const isInside = mark => upright(graph, mark) >= area.x && upright(graph, mark) <= area.x + area.w;
        const marks = data.marks.filter(isInside);
        for (const mark of marks)
            drawUpright(context, area, upright(graph, mark), mark.stage);
        context.setLineDash([]);
        context.lineWidth = 3;
        context.strokeStyle = color('card'); // behind the letters, where the line of another mark goes through them
        context.fillStyle = color('faint');
        context.textAlign = 'left';
        placedTexts(context, graph, area, marks).forEach((row, index) => {
            for (const { text, left } of row) {
                context.strokeText(text, left, area.y + (index + 1) * HEIGHT_OF_MARK_TEXT - 3);
                context.fillText(text, left, area.y + (index + 1) * HEIGHT_OF_MARK_TEXT - 3);
            }
        });
        context.lineWidth = 1;
    }

    function drawWarmUps(context, graph, area) {
        const stages = data.marks.filter(mark => mark.stage);
        stages.forEach((stage, index) => {
            const end = index + 1 < stages.length ? stages[index + 1].t : data.length;
            const left = Math.max(area.x, graph.toDomXCoord(stage.t));
            const right = Math.min(area.x + area.w, graph.toDomXCoord(end));
            if (!stage.warm || right <= left)
                return;
            context.fillStyle = color('warm');
            context.fillRect(left, area.y, right - left, area.h);
        });
    }

    function drawBound(context, graph, area, bound) {
        const y = Math.round(graph.toDomYCoord(bound.value)) + 0.5;
        const left = Math.max(area.x, graph.toDomXCoord(bound.from));
        const right = Math.min(area.x + area.w, graph.toDomXCoord(bound.to));
        if (y < area.y || y > area.y + area.h || right <= left)
            return;
        context.setLineDash([6, 4]);
        context.strokeStyle = color('bad');
        context.beginPath();
        context.moveTo(left, y);
        context.lineTo(right, y);
        context.stroke();
        context.fillStyle = color('bad');
        context.textAlign = 'right';
        context.fillText(bound.text.slice(0, 60), right - 4, y - 4);
    }

    // What limited the seconds, at the foot of each chart: higher is worse.
    function drawLimit(context, graph, area, limit) {
        const left = Math.max(area.x, graph.toDomXCoord(limit.from));
        const right = Math.min(area.x + area.w, graph.toDomXCoord(limit.to));
        if (right <= left)
            return;
        const colors = { plan: 'open', target: 'line-0', generator: 'bad' };
        const height = 2 + 2 * limit.height;
        context.fillStyle = color(colors[limit.by]);
        context.fillRect(left, area.y + area.h - height, right - left, height);
    }

    function drawUnder(chart, context, area, graph) {
        context.save();
        context.font = '11px system-ui, sans-serif';
        context.lineWidth = 1;
        drawWarmUps(context, graph, area);
        for (const limit of data.limits)
            drawLimit(context, graph, area, limit);
        drawMarks(context, graph, area);
        for (const bound of chart.bounds.filter(one => one.shown))
            drawBound(context, graph, area, bound);
        context.restore();
    }

    // Values at the cursor stand beside the names; without a cursor there are none.
    function showValues(row) {
        for (const one of charts) {
            one.values.forEach((place, index) => {
                const value = row === null ? null : one.chart.lines[index].values[row];
                place.textContent = value === null || value === undefined ? '' : valueText[one.chart.unit](value);
            });
        }
        cursorTime.textContent = row === null ? HELP : elapsed(data.t[row]);
    }

    function follow(source, action) {
        if (isFollowing)
            return;
        isFollowing = true;
        for (const one of charts) {
            if (one.graph && one.graph !== source)
                action(one.graph);
        }
        isFollowing = false;
    }

    function moveCursor(source, row) {
        follow(source, graph => graph.setSelection(row));
        showValues(row);
    }

    function leaveCursor(source) {
        follow(source, graph => graph.clearSelection());
        showValues(null);
    }

    // Null is the whole run.
    function showTimes(source, range) {
        follow(source, graph => graph.updateOptions({ dateWindow: range }));
        resetButton.disabled = range === null;
    }

    function isWhole(from, to) {
        return from <= whole[0] + 0.001 && to >= whole[1] - 0.001;
    }

    function makeLegend(figure, one) {
        const items = figure.querySelectorAll('.legend li:not(.rule)');
        items.forEach((item, index) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.setAttribute('aria-pressed', 'true');
            button.append(...item.childNodes);
            const value = document.createElement('span');
            value.className = 'value';
            button.append(value);
            item.append(button);
            one.values.push(value);
            button.addEventListener('click', () => {
                const isShown = button.getAttribute('aria-pressed') !== 'true';
                button.setAttribute('aria-pressed', String(isShown));
                one.graph.setVisibility(index, isShown);
            });
        });
    }

    function optionsOf(chart) {
        const labels = chart.lines.map((line, index) => 'line' + index); // names may be equal, and hold anything
        const series = {};
        chart.lines.forEach((line, index) => {
            series[labels[index]] = line.broad ? { strokeWidth: 6 } : {};
        });
        return {
            labels: ['time', ...labels],
            series,
            colors: colorsOf(chart),
            legend: 'never',
            strokeWidth: 1.6,
            highlightCircleSize: 3,
            axisLineColor: color('grid'),
            gridLineColor: color('grid'),
            dateWindow: whole,
            valueRange: [0, topOf(chart)],
            labelsKMG2: chart.unit === 'bytes',
            xRangePad: 0,
            rightGap: 8,
            axes: {
                x: { ticker: timeTicks, drawGrid: false },
                y: { axisLabelWidth: 68, axisLabelFormatter: value => axisText[chart.unit](value), pixelsPerLabel: 28 },
            },
            underlayCallback: (context, area, graph) => drawUnder(chart, context, area, graph),
            highlightCallback(event, x, points, row) { moveCursor(this, row); },
            unhighlightCallback() { leaveCursor(this); },
            zoomCallback(from, to) {
                if (isFollowing)
                    return;
                const range = isWhole(from, to) ? null : [from, to];
                showTimes(this, range === null ? whole : range);
                resetButton.disabled = range === null;
            },
        };
    }

    function makeChart(chart) {
        const figure = document.getElementById('chart-' + chart.id);
        const one = { chart, graph: null, values: [] };
        charts.push(one);
        figure.classList.add('drawn');
        const rows = data.t.map((time, row) => [time, ...chart.lines.map(line => line.values[row])]);
        one.graph = new Dygraph(figure.querySelector('.plot'), rows, optionsOf(chart));
        makeLegend(figure, one);
    }

    function recolor() {
        for (const { chart, graph } of charts)
            graph.updateOptions({ colors: colorsOf(chart), axisLineColor: color('grid'), gridLineColor: color('grid') });
    }

    const HELP = 'Point at a chart for its values; drag to look closer; double click for all.';
    const whole = [data.t[0], Math.max(data.t[data.t.length - 1], data.t[0] + 1)];
    const bar = document.createElement('div');
    bar.className = 'bar';
    const resetButton = document.createElement('button');
    resetButton.type = 'button';
    resetButton.className = 'reset';
    resetButton.textContent = 'Whole run';
    resetButton.disabled = true;
    const cursorTime = document.createElement('span');
    cursorTime.textContent = HELP;
    bar.append(resetButton, cursorTime);
    document.querySelector('#charts .chart').before(bar);
    resetButton.addEventListener('click', () => {
        showTimes(null, whole);
        resetButton.disabled = true;
    });

    data.charts.forEach(makeChart);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolor);
})();
