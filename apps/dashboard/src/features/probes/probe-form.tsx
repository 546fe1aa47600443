'use client';

import { ApiProblem, unwrap } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { Activity, CircleAlert, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { api } from '../../api/client';
import { probesKey } from '../../api/query-keys';
import { probes } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Checkbox, Field, Select, TextInput } from '../../ui/field';
import { CurlPreview } from '../form/curl-preview';
import { PickerField, useOptions } from '../form/pickers';
import type { SandboxRow } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { saidOf } from '../page/question-state';
import { useRefusal } from '../session/session-context';
import { fieldsOf, probeKinds, probeRequest, type ProbeFormValues } from './probe-request';
import { neighboursOf, targetsFor } from './probe-targets';

const sandboxDetail = ({ hostName, endpoints }: SandboxRow): string => endpoints[0]?.addresses[0] ?? hostName;
const repeatMs = 1000;

/** Runs probes from a sandbox, one or one after the other; results appear in the list of them. */
export function ProbeForm({ sandbox: fixed }: { sandbox?: string }) {
  const inventory = useInventory();
  const client = useQueryClient();
  const sandboxes = useOptions(inventory?.sandboxes, sandboxDetail);
  const form = useForm<ProbeFormValues>({
    defaultValues: {
      spec: {
        sandbox: fixed ?? '',
        kind: 'ping',
        target: fixed === undefined ? '' : (neighboursOf(inventory, fixed)[0]?.addresses[0] ?? ''),
        port: '',
        count: '3',
        query: '',
        path: '/',
      },
      repeat: false,
    },
  });
  const { register, control, handleSubmit, getValues, formState } = form;
  const [kind, sandbox] = useWatch({ control, name: ['spec.kind', 'spec.sandbox'] });
  const targets = useMemo(() => targetsFor(inventory, sandbox), [inventory, sandbox]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isRunning, setRunning] = useState(false);
  const refusal = useRefusal()({ resource: 'probe', verb: 'create' });
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const run = async (values: ProbeFormValues) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setProblem(null);
    setRunning(true);
    try {
      do {
        unwrap(await api.POST('/v1/probes', { body: probeRequest(values) }));
        await client.invalidateQueries({ queryKey: probesKey(null).slice(0, 1) });
        if (values.repeat) await pause(repeatMs, signal);
      } while (values.repeat && !signal.aborted);
    } catch (error) {
      setProblem(
        error instanceof ApiProblem && error.fields.length > 0 ? error.fields.map(({ detail }) => detail).join(' ') : saidOf(error),
      );
    } finally {
      setRunning(false);
    }
  };

  const has = (field: 'port' | 'count' | 'query' | 'path'): boolean => fieldsOf[kind].includes(field);
  return (
    <form
      noValidate
      aria-label={probes.title}
      onSubmit={(event) => void handleSubmit(run)(event)}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 shadow-card"
    >
      {problem !== null && (
        <div role="alert">
          <Banner tone="failing" icon={CircleAlert}>
            {problem}
          </Banner>
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {fixed === undefined && (
          <PickerField
            control={control}
            name="spec.sandbox"
            label={probes.from}
            required={probes.chooseSandbox}
            options={sandboxes}
            emptyText={probes.chooseSandbox}
          />
        )}
        <Field label={probes.kind}>
          {(described) => (
            <Select {...described} {...register('spec.kind')}>
              {probeKinds.map((one) => (
                <option key={one} value={one}>
                  {probes.kinds[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <PickerField
          control={control}
          name="spec.target"
          label={probes.to}
          required={probes.chooseTarget}
          options={targets}
          emptyText={probes.chooseTarget}
        />
        {has('query') && <Field label={probes.query}>{(described) => <TextInput {...described} {...register('spec.query')} />}</Field>}
        {has('port') && (
          <Field label={probes.port} error={formState.errors.spec?.port?.message}>
            {(described) => <TextInput {...described} {...register('spec.port')} inputMode="numeric" />}
          </Field>
        )}
        {has('path') && <Field label={probes.path}>{(described) => <TextInput {...described} {...register('spec.path')} />}</Field>}
        {has('count') && (
          <Field label={probes.count}>
            {(described) => (
              <Select {...described} {...register('spec.count')}>
                {[1, 3, 5, 10, 20].map((count) => (
                  <option key={count}>{count}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" variant="primary" busy={isRunning} disabledReason={refusal}>
          <Activity className="size-4" aria-hidden="true" />
          {probes.run}
        </Button>
        {isRunning && (
          <Button onClick={() => stop.current.abort()}>
            <Square className="size-3.5" aria-hidden="true" />
            {probes.stop}
          </Button>
        )}
        <Checkbox label={probes.repeat} {...register('repeat')} />
      </div>
      <CurlPreview requests={() => [{ method: 'POST', path: '/v1/probes', body: probeRequest(getValues()) }]} />
    </form>
  );
}

/** Waits, but no longer than until it is stopped. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
