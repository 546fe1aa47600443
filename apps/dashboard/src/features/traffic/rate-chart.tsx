'use client';

import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { stack as text } from '../../messages';

/** One measurement: when, in milliseconds, and what went each way, in Mbit/s. */
export interface RateSample {
  at: number;
  received: number;
  sent: number;
}

interface RateChartProps {
  /** What the rates are of; read out. */
  label: string;
  samples: readonly RateSample[];
}

const height = 180;
const shownSeconds = 120;
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** Rates over time, as two lines that differ in stroke too. What it shows is said in words beside it. */
export function RateChart({ label, samples }: RateChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(optionsFor(element), [[], [], []], element);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setData([samples.map(({ at }) => at / 1000), samples.map(({ received }) => received), samples.map(({ sent }) => sent)]);
  }, [samples]);
  return <div ref={place} role="img" aria-label={label} className="w-full overflow-hidden" style={{ height }} />;
}

/** Colours are those of the theme when the chart is made. */
function optionsFor(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour('--ink-3'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '11px sans-serif',
  };
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { range: (_, __, last) => [last - shownSeconds, last] }, y: { range: (_, __, most) => [0, Math.max(most * 1.1, 0.01)] } },
    axes: [
      { ...axis, space: 90, values: (_, at) => at.map((second) => clock.format(second * 1000)) },
      { ...axis, size: 56 },
    ],
    series: [
      {},
      { label: text.received, stroke: colour('--accent'), width: 2, points: { show: false } },
      { label: text.sent, stroke: colour('--warning-bar'), width: 2, dash: [5, 3], points: { show: false } },
    ],
  };
}
