'use client';

import { useReactFlow } from '@xyflow/react';
import clsx from 'clsx';
import { FileImage, FileType, Maximize, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { topology as text } from '../../messages/topology';
import { IconButton } from '../../ui/button';
import { Select } from '../../ui/field';
import { FilterBox } from '../inventory/filter-box';
import { exportDrawing, type ExportFormat } from './export';
import { parseGrouping } from './model/grouping';
import type { Scene } from './paint/scene';
import { useTrafficStore } from './traffic/use-traffic';
import { useFitAll } from './use-fit-all';
import { forms, useForm, useGrouping, useView } from './view-state';

const groupings = ['host', 'network', 'tenant', 'none'] as const;

/** What is shown, and how: filter, grouping, drawing or table. */
export function Toolbar({ labelKeys, children }: { labelKeys: readonly string[]; children: ReactNode }) {
  const [grouping, setGrouping] = useGrouping();
  const [form, setForm] = useForm();
  const [, setView] = useView();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <FilterBox label={text.filter} />
      <label className="flex items-center gap-2 text-ink-2">
        <span className="whitespace-nowrap">{text.groupBy}</span>
        <Select
          value={grouping}
          onChange={({ target }) => {
            void setGrouping(parseGrouping(target.value));
            void setView(null);
          }}
          className="w-auto!"
        >
          {groupings.map((known) => (
            <option key={known} value={known}>
              {text.groupings[known]}
            </option>
          ))}
          {labelKeys.map((key) => (
            <option key={key} value={`label:${key}`}>
              {text.label(key)}
            </option>
          ))}
        </Select>
      </label>
      <div role="group" aria-label={text.form} className="flex rounded-md border border-line-strong p-0.5">
        {forms.map((known) => (
          <button
            key={known}
            type="button"
            aria-pressed={form === known}
            aria-keyshortcuts="t"
            onClick={() => void setForm(known)}
            className={clsx(
              'h-[26px] rounded px-2.5',
              form === known ? 'bg-selected font-medium text-accent' : 'text-ink-2 hover:bg-hover',
            )}
          >
            {text.forms[known]}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

/** Zoom, and the drawing as a file. */
export function ViewControls({ scene }: { scene: Scene }) {
  const flow = useReactFlow();
  const fitAll = useFitAll();
  const traffic = useTrafficStore();
  const save = async (format: ExportFormat): Promise<void> => {
    try {
      await exportDrawing(format, scene, traffic.rates, text.title);
      toast.success(text.exported(format));
    } catch (error) {
      toast.error(text.exportFailed(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <div role="group" className="absolute top-2 right-2 z-10 flex flex-col rounded-md border border-line bg-surface p-0.5 shadow-card">
      <IconButton label={text.zoomIn} onClick={() => void flow.zoomIn()}>
        <Plus className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={text.zoomOut} onClick={() => void flow.zoomOut()}>
        <Minus className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={text.fitAll} onClick={() => fitAll(scene)}>
        <Maximize className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={text.exports.svg} onClick={() => void save('svg')}>
        <FileType className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={text.exports.png} onClick={() => void save('png')}>
        <FileImage className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  );
}
