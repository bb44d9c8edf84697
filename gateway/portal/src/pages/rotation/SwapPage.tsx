// Proposes a swap: one's own term, then another unit's, then why.
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { period } from '@/components/rotation/dates';
import { phaseOf } from '@/components/rotation/model';
import { SectorKey } from '@/components/rotation/SectorMark';
import { Timeline } from '@/components/rotation/Timeline';
import { useOpenSwaps } from '@/components/rotation/useOpenSwaps';
import { useTerms } from '@/components/rotation/useTerms';
import { useUnits } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { useIsPhone } from '@/lib/media';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';
import { ProposeSwap } from './ProposeSwap';
import { TermCards } from './TermCards';
import { useSearch } from './useSearch';
import { useZoom, ZoomLinks } from './Zoom';
import './rotation.css';

export default function SwapPage() {
  const { t, i18n } = useTranslation();
  const { alliance, member } = useWork();
  const { zone } = useAlliance();
  const phone = useIsPhone();
  const search = useSearch();
  const units = useUnits();
  const years = useZoom();
  const query = useTerms({ endAfter: startOfToday() });
  const { open } = useOpenSwaps();
  const terms = query.data?.chairTerms ?? [];
  const taken = new Set(open.flatMap((swap) => [swap.term, swap.otherTerm]));
  const free = (term: ChairTerm) => phaseOf(term) === 'published' && !taken.has(term.name);
  const mine = terms.filter((term) => term.member === member && free(term));
  const own = mine.find((term) => idOf(term.name) === search.get('term')) ?? mine[0];
  const others = terms.filter((term) => term.member !== member && free(term));
  const other = others.find((term) => idOf(term.name) === search.get('with'));
  const pick = (term: ChairTerm) => search.set({ with: idOf(term.name) });
  const when = (term: ChairTerm) =>
    period(ms(term.startTime), ms(term.endTime), zone, i18n.language);

  return (
    <>
      <PageHead
        title={t('rotation.swap.title')}
        sub={t('rotation.swap.sub')}
        back={{ to: '/rotation/mine', label: t('rotation.own.turn') }}
      />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : !own || others.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(own ? 'rotation.swap.noOthers' : 'rotation.swap.noOwn')}
            action={<Link to="/rotation">{t('rotation.swap.toTerms')}</Link>}
          />
        </div>
      ) : (
        <section className="panel" aria-label={t('rotation.swap.pick')}>
          <ol className="swap-steps">
            <li>
              <label htmlFor="own-term">{t('rotation.swap.own')}</label>
              {mine.length === 1 ? (
                <strong id="own-term">{when(own)}</strong>
              ) : (
                <NativeSelect
                  id="own-term"
                  choices={mine.map((term) => ({ value: idOf(term.name), label: when(term) }))}
                  value={idOf(own.name)}
                  onChange={(event) => search.set({ term: event.target.value })}
                  data-testid="own-term"
                />
              )}
            </li>
            <li>{t('rotation.swap.pick')}</li>
          </ol>
          {phone ? (
            <TermCards
              terms={others}
              zone={zone}
              units={units}
              to={(term) => search.to({ with: idOf(term.name) })}
            />
          ) : (
            <>
              <div className="filters">
                <ZoomLinks />
              </div>
              <Timeline
                lanes={[
                  {
                    id: 'published',
                    label: t('rotation.lane.published'),
                    blocks: terms.map((term) => ({
                      term,
                      off: term !== own && !others.includes(term),
                      mark: term === own ? t('rotation.swap.ownMark') : undefined,
                    })),
                  },
                ]}
                label={t('rotation.timeline')}
                zone={zone}
                units={units}
                years={years}
                open={{ lane: 'published', term: other?.name ?? own.name }}
                onOpen={(term) => term !== own && pick(term)}
              />
              <SectorKey />
            </>
          )}
        </section>
      )}
      <Drawer
        open={!!own && !!other}
        onClose={() => search.set({ with: '' })}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? 'auto' : 480}
        title={t('rotation.swap.title')}
        destroyOnHidden
      >
        {own && other && (
          <ProposeSwap
            key={`${own.name} ${other.name}`}
            own={own}
            other={other}
            parent={alliance}
          />
        )}
      </Drawer>
    </>
  );
}

// By the hour, so that the question stays the same from one drawing to the next.
const startOfToday = () => Math.floor(Date.now() / 3_600_000) * 3_600_000;
