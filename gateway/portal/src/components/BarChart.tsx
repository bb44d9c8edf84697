// Horizontal bars. Drawn on a canvas without tooltips: the values stand at the
// bars, and the page keeps its rule of no style attributes.
import { BarChart as Bars } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePrefs } from '@/app/prefs';

register([Bars, GridComponent, CanvasRenderer]);

export interface Bar {
  label: string;
  value: number;
  // The value as people read it, with its unit; without it, the number.
  text?: string;
}

interface Props {
  bars: Bar[];
  // Where the axis ends; without it, at the largest value.
  max?: number;
  label: string;
  onPick: (index: number) => void;
}

export default function BarChart({ bars, max, label, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const { dark, elder } = usePrefs();

  // biome-ignore lint/correctness/useExhaustiveDependencies: dark changes what the styles say
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current);
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue('--ink').trim();
    const text = {
      color: ink,
      fontSize: elder ? 18 : 14,
      fontFamily: getComputedStyle(document.body).fontFamily,
    };
    const texts = bars.map(({ value, text }) => text ?? String(value));
    chart.setOption({
      animationDuration: 300,
      grid: { left: 4, right: elder ? 84 : 64, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false, minInterval: 1, max },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => bar.label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...text, margin: 12 },
      },
      series: [
        {
          type: 'bar',
          data: bars.map((bar) => bar.value),
          barMaxWidth: 22,
          itemStyle: {
            color: style.getPropertyValue('--chart').trim(),
            borderRadius: [0, 2, 2, 0],
          },
          label: {
            show: true,
            position: 'right',
            formatter: ({ dataIndex }: { dataIndex: number }) => texts[dataIndex] ?? '',
            ...text,
            fontWeight: 'bold',
          },
        },
      ],
    });
    chart.on('click', (event) => pick.current(event.dataIndex));
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(box.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [bars, max, elder, dark]);

  return <div ref={box} role="img" aria-label={label} className="chart" />;
}
