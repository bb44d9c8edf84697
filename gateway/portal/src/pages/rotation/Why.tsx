// Why a term is whose it is: in a few sentences, and then what every other unit
// would have cost, the closest first.
import { useQuery } from '@connectrpc/connect-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { costParts, inTerms } from '@/components/rotation/model';
import {
  type Alternative,
  type ChairTerm,
  Alternative_Decided as Decided,
  Alternative_Obstacle as Obstacle,
  type PlanCost,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { idOf } from '@/lib/names';

const FIRST = 5;

interface Props {
  term: ChairTerm;
  draft?: { cost?: PlanCost };
}

export function Why({ term, draft }: Props) {
  const { t, i18n } = useTranslation();
  const [all, setAll] = useState(false);
  const query = useQuery(RotationService.method.explainChairTerm, {
    name: term.name,
    draft: !!draft,
  });
  const alternatives = query.data?.alternatives ?? [];
  const base = draft?.cost ?? impliedCost(alternatives);
  const shown = all ? alternatives : alternatives.slice(0, FIRST);
  return (
    <section className="term-part why" data-testid="why">
      <h2>{t('rotation.why.title')}</h2>
      {query.isPending ? (
        <PageSkeleton lines={4} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <>
          <p className="why-summary" data-testid="why-summary">
            {i18n.language === 'en' ? query.data.summaryEn : query.data.summary}
          </p>
          {alternatives.length > 0 && (
            <>
              <h3>{t('rotation.why.others')}</h3>
              <ol className="why-list">
                {shown.map((one) => (
                  <Other key={one.member} one={one} base={base} />
                ))}
              </ol>
              {alternatives.length > FIRST && (
                <button type="button" className="link" onClick={() => setAll(!all)}>
                  {t(all ? 'rotation.why.fewer' : 'rotation.why.all', {
                    count: alternatives.length,
                  })}
                </button>
              )}
            </>
          )}
        </>
      )}
    </section>
  );
}

// An alternative that lost only by the order of the units costs what the plan costs.
function impliedCost(alternatives: readonly Alternative[]): PlanCost | undefined {
  const equal = [Decided.CREDIT, Decided.WAIT, Decided.LOTTERY];
  return alternatives.find((one) => equal.includes(one.decided))?.cost;
}

function Other({ one, base }: { one: Alternative; base: PlanCost | undefined }) {
  const { t, i18n } = useTranslation();
  const barred = one.obstacle !== Obstacle.UNSPECIFIED;
  return (
    <li className="why-other" data-testid="alternative">
      <p className="why-who">
        <Link to={`/members/${idOf(one.member)}`}>{one.memberDisplayName}</Link>
        <span className={barred ? 'tag' : 'tag tag-draft'}>
          {barred ? t(`rotation.obstacle.${one.obstacle}`) : t(`rotation.decided.${one.decided}`)}
        </span>
      </p>
      <p className="muted">{i18n.language === 'en' ? one.textEn : one.text}</p>
      {!barred && (
        <ul className="chips" aria-label={t('rotation.why.cost')}>
          {costParts(one.cost, base).map(({ kind, amount, delta }) => (
            <li key={kind} className={amount > 0n ? 'chip chip-worse' : 'chip chip-better'}>
              {t(`rotation.cost.${kind}`, {
                n: `${delta && amount > 0n ? '+' : ''}${kind === 'creditInversions' ? inTerms(amount) : amount}`,
              })}
            </li>
          ))}
          {one.displacedTerms > 0 && (
            <li className="chip">{t('rotation.cost.displaced', { count: one.displacedTerms })}</li>
          )}
        </ul>
      )}
    </li>
  );
}
