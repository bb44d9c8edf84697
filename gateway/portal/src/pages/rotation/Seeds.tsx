// The seeds of the lottery: what was committed to, what was revealed, and the
// check, done here in the reader's own browser.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import { fullDate } from '@/components/rotation/dates';
import { commitmentOf, lotteryOrder } from '@/components/rotation/lottery';
import type { Units } from '@/components/rotation/useUnits';
import type { RevealedSeed, Rotation } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { ms } from '@/lib/time';

interface Props {
  rotation: Rotation;
  units: Units;
  zone: string;
}

export function Seeds({ rotation, units, zone }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('rotation.seed.title')}>
      <p>{t('rotation.seed.what')}</p>
      <dl className="facts seed-facts">
        <div>
          <dt>{t('rotation.seed.next')}</dt>
          <dd>
            <code className="hash" data-testid="commitment">
              {rotation.seedCommitment || t('rotation.seed.noCommitment')}
            </code>
          </dd>
        </div>
      </dl>
      <h3>{t('rotation.seed.revealed')}</h3>
      {rotation.revealedSeeds.length === 0 ? (
        <p className="muted">{t('rotation.seed.none')}</p>
      ) : (
        <ul className="rows">
          {rotation.revealedSeeds.map((seed) => (
            <Revealed
              key={seed.commitment}
              seed={seed}
              pool={rotation.pool.map((one) => one.member)}
              units={units}
              zone={zone}
            />
          ))}
        </ul>
      )}
      <details className="seed-how">
        <summary>{t('rotation.seed.how')}</summary>
        <p>{t('rotation.seed.howCommitment')}</p>
        <pre className="hash">{'printf %s "$SEED" | xxd -r -p | sha256sum'}</pre>
        <p>{t('rotation.seed.howPlace')}</p>
        <pre className="hash">
          {'(printf %s "$SEED" | xxd -r -p; printf \'\\0%s\' "$MEMBER") | sha256sum | cut -c1-16'}
        </pre>
      </details>
    </Panel>
  );
}

interface Checked {
  commitment: string;
  order: { member: string; number: string }[];
}

interface RevealedProps {
  seed: RevealedSeed;
  pool: readonly string[];
  units: Units;
  zone: string;
}

function Revealed({ seed, pool, units, zone }: RevealedProps) {
  const { t, i18n } = useTranslation();
  const [checked, setChecked] = useState<Checked | null>(null);
  const check = async () =>
    setChecked({
      commitment: await commitmentOf(seed.seed),
      order: await lotteryOrder(seed.seed, pool),
    });
  const same = checked?.commitment === seed.commitment;
  return (
    <li className="seed" data-testid="revealed-seed">
      <p>{t('rotation.seed.on', { date: fullDate(ms(seed.revealTime), zone, i18n.language) })}</p>
      <dl className="facts seed-facts">
        <div>
          <dt>{t('rotation.seed.seed')}</dt>
          <dd>
            <code className="hash">{seed.seed}</code>
          </dd>
        </div>
        <div>
          <dt>{t('rotation.seed.commitment')}</dt>
          <dd>
            <code className="hash">{seed.commitment}</code>
          </dd>
        </div>
        {checked && (
          <div>
            <dt>{t('rotation.seed.recomputed')}</dt>
            <dd>
              <code className="hash">{checked.commitment}</code>
            </dd>
          </div>
        )}
      </dl>
      <div aria-live="polite">
        {checked && (
          <>
            <p data-testid="seed-verdict" data-same={same}>
              <span className={same ? 'tag tag-confirmed' : 'tag tag-kind'}>
                {t(same ? 'rotation.seed.same' : 'rotation.seed.differs')}
              </span>{' '}
              {t(same ? 'rotation.seed.sameMeans' : 'rotation.seed.differsMeans')}
            </p>
            <details className="seed-how">
              <summary>{t('rotation.seed.order', { n: checked.order.length })}</summary>
              <ol className="seed-order">
                {checked.order.map((one) => (
                  <li key={one.member}>
                    <span>{units.nameOf(one.member)}</span>{' '}
                    <code className="hash">{one.number}</code>
                  </li>
                ))}
              </ol>
            </details>
          </>
        )}
      </div>
      {!checked && (
        <Button onClick={check} data-testid="verify-seed">
          {t('rotation.seed.verify')}
        </Button>
      )}
    </li>
  );
}
