// What might go together with a need or an offer, and why.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { useUnitName } from '@/components/exchange/useUnitName';
import { type Listing, listOf } from '@/components/exchange/words';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { MatchSuggestion } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { idOf } from '@/lib/names';
import { ClaimSheet } from './ClaimSheet';

export function Suggestions({ listing }: { listing: Listing }) {
  const { t } = useTranslation();
  const query = useQuery(ExchangeService.method.suggestMatches, { name: listing.name });
  const suggestions = query.data?.suggestions ?? [];
  const other = listOf(listing.name) === 'needs' ? 'offers' : 'needs';
  return (
    <Panel title={t(`exchange.suggest.${other}`)}>
      {query.isPending ? (
        <PageSkeleton lines={3} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : suggestions.length === 0 ? (
        <Empty
          why={t('exchange.suggest.none')}
          action={<Link to={`/exchange/${other}`}>{t(`exchange.suggest.all.${other}`)}</Link>}
        />
      ) : (
        <ul className="rows">
          {suggestions.map((one) => (
            <li key={one[other === 'needs' ? 'need' : 'offer']?.name}>
              <Suggestion listing={listing} suggestion={one} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Suggestion({ listing, suggestion }: { listing: Listing; suggestion: MatchSuggestion }) {
  const { t, i18n } = useTranslation();
  const { member, isLiaison } = useWork();
  const unitName = useUnitName();
  const [claiming, setClaiming] = useState(false);
  const isNeed = listOf(listing.name) === 'needs';
  const found = isNeed ? suggestion.offer : suggestion.need;
  if (!found) return null;
  const own = listing.member === member;
  return (
    <div className="suggestion" data-testid="suggestion" data-score={suggestion.score}>
      <div>
        <h3>
          <Link to={`/exchange/${listOf(found.name)}/${idOf(found.name)}`}>{found.title}</Link>
        </h3>
        <p className="muted">{unitName(found.member)}</p>
        <ul className="suggestion-why" aria-label={t('exchange.suggest.why')}>
          {suggestion.reasons.map((reason) => (
            <li key={reason.kind} className="tag">
              {i18n.language === 'en' ? reason.textEn : reason.textZh}
            </li>
          ))}
        </ul>
      </div>
      <div className="match-acts">
        <span className="suggestion-score">
          {t('exchange.suggest.score', { n: suggestion.score })}
        </span>
        {own && isLiaison && (
          <Button onClick={() => setClaiming(true)} data-testid="suggestion-claim">
            {t('exchange.claim.go')}
          </Button>
        )}
      </div>
      <ClaimSheet
        listing={found}
        own={listing}
        open={claiming}
        onClose={() => setClaiming(false)}
      />
    </div>
  );
}
