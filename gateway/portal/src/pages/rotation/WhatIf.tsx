// What would be if: the reader supposes, the planner answers, nothing is kept.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { NativeSelect } from '@/components/NativeSelect';
import { Panel } from '@/components/Panel';
import { period } from '@/components/rotation/dates';
import { changedTerms, reasonsOf } from '@/components/rotation/model';
import type { Units } from '@/components/rotation/useUnits';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import type { ChairTerm, PoolEntry } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { sectors } from '@/lib/enums';
import { idOf } from '@/lib/names';
import { isDay, ms } from '@/lib/time';
import { type Guess, writeGuess } from './supposition';
import type { useWhatIf } from './useWhatIf';

interface Props {
  // What it is compared with: the draft, or what is published.
  base: readonly ChairTerm[];
  whatIf: ReturnType<typeof useWhatIf>;
  zone: string;
  units: Units;
  pool: readonly PoolEntry[];
}

export function WhatIf({ base, whatIf, zone, units, pool }: Props) {
  const { t, i18n } = useTranslation();
  const { guesses, written, plan } = whatIf;
  const changed = plan ? changedTerms(base, plan.terms).filter((one) => one.before) : [];
  const reasons = reasonsOf(plan);
  const nameOf = (id: string) => units.all.find((one) => idOf(one.name) === id)?.displayName ?? id;
  const said = (guess: Guess) => {
    if (guess.event === 'imagine') {
      return t('rotation.if.said.imagine', { sector: t(`members.sector.${guess.sector}`) });
    }
    const name = nameOf(guess.unit);
    if (guess.event === 'away') {
      return t('rotation.if.said.away', { name, from: guess.from, to: guess.to });
    }
    return t(`rotation.if.said.${guess.event}`, { name });
  };

  return (
    <Panel title={t('rotation.if.title')} className="what-if">
      <p className="muted">{t('rotation.if.what')}</p>
      <Suppose
        units={units}
        pool={pool}
        onAdd={(guess) => whatIf.set([...written, writeGuess(guess)])}
      />
      {guesses.length > 0 && (
        <ul className="chips" aria-label={t('rotation.if.list')}>
          {guesses.map((guess) => {
            const key = writeGuess(guess);
            return (
              <li key={key} className="chip chip-guess">
                {said(guess)}
                <button
                  type="button"
                  aria-label={t('rotation.if.remove', { what: said(guess) })}
                  onClick={() => whatIf.set(written.filter((one) => one !== key))}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div aria-live="polite">
        {whatIf.error ? <p className="problem">{explain(whatIf.error).text}</p> : null}
        {guesses.length > 0 && whatIf.isPending && <p>{t('rotation.if.thinking')}</p>}
        {plan && !whatIf.isPending && (
          <>
            <p className="lead" data-testid="what-if-count" data-count={changed.length}>
              {changed.length === 0
                ? t('rotation.if.none')
                : t('rotation.if.count', { count: changed.length })}
            </p>
            <ul className="rows">
              {changed.map(({ term, before }) => (
                <li key={term.name} data-testid="what-if-change">
                  <p>
                    <b>{period(ms(term.startTime), ms(term.endTime), zone, i18n.language)}</b>{' '}
                    <s>{before?.memberDisplayName}</s>
                    {' → '}
                    <b>{term.memberDisplayName || t('rotation.if.imagined')}</b>
                  </p>
                  {reasons.get(term.name) && <p className="muted">{reasons.get(term.name)}</p>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}

const EVENTS = ['withdraw', 'join', 'imagine', 'away'] as const;

interface SupposeProps {
  units: Units;
  pool: readonly PoolEntry[];
  onAdd: (guess: Guess) => void;
}

function Suppose({ units, pool, onAdd }: SupposeProps) {
  const { t } = useTranslation();
  const ids = [useId(), useId(), useId(), useId()];
  const [event, setEvent] = useState<(typeof EVENTS)[number]>('withdraw');
  const [unit, setUnit] = useState('');
  const [sector, setSector] = useState<number>(sectors[0]);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const inPool = new Set(pool.map((one) => one.member));
  const choices =
    event === 'join'
      ? units.all
          .filter((one) => !inPool.has(one.name) && one.state !== Member_State.WITHDRAWN)
          .map((one) => ({ value: idOf(one.name), label: one.displayName }))
      : pool.map((one) => ({ value: idOf(one.member), label: one.memberDisplayName }));
  const guess: Guess | null =
    event === 'imagine'
      ? { event, sector }
      : !choices.some((one) => one.value === unit)
        ? null
        : event !== 'away'
          ? { event, unit }
          : isDay(from) && isDay(to) && from <= to
            ? { event, unit, from, to }
            : null;
  return (
    <div className="suppose">
      <div className="field">
        <label htmlFor={ids[0]}>{t('rotation.if.event')}</label>
        <NativeSelect
          id={ids[0]}
          choices={EVENTS.map((one) => ({ value: one, label: t(`rotation.if.events.${one}`) }))}
          value={event}
          onChange={(change) => setEvent(change.target.value as typeof event)}
          data-testid="if-event"
        />
      </div>
      <div className="field suppose-unit">
        <label htmlFor={ids[1]}>
          {t(event === 'imagine' ? 'members.sectorLabel' : 'rotation.pool.unit')}
        </label>
        {event === 'imagine' ? (
          <NativeSelect
            id={ids[1]}
            choices={sectors.map((one) => ({ value: one, label: t(`members.sector.${one}`) }))}
            value={sector}
            onChange={(change) => setSector(Number(change.target.value))}
            data-testid="if-sector"
          />
        ) : (
          <NativeSelect
            id={ids[1]}
            choices={[{ value: '', label: t('form.choose') }, ...choices]}
            value={unit}
            onChange={(change) => setUnit(change.target.value)}
            data-testid="if-unit"
          />
        )}
      </div>
      {event === 'away' && (
        <>
          <div className="field">
            <label htmlFor={ids[2]}>{t('rotation.firstDay')}</label>
            <Input id={ids[2]} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
          </div>
          <div className="field">
            <label htmlFor={ids[3]}>{t('rotation.lastDay')}</label>
            <Input
              id={ids[3]}
              type="date"
              value={to}
              min={from}
              onChange={(e) => setTo(e.target.value)}
            />
          </div>
        </>
      )}
      <Button disabled={!guess} onClick={() => guess && onAdd(guess)} data-testid="if-add">
        {t('rotation.if.add')}
      </Button>
    </div>
  );
}
