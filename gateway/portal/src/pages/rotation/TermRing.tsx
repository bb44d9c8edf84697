import { useTranslation } from 'react-i18next';

const R = 44;
const AROUND = 2 * Math.PI * R;

// How much of a term is over, as a ring that closes.
export function TermRing({ share, days }: { share: number; days: number }) {
  const { t } = useTranslation();
  const done = Math.min(1, Math.max(0, share));
  return (
    <svg
      viewBox="0 0 104 104"
      className="term-ring"
      role="img"
      aria-label={t('rotation.now.ring', { count: days, percent: Math.round(done * 100) })}
    >
      <circle cx="52" cy="52" r={R} className="term-ring-all" />
      <circle
        cx="52"
        cy="52"
        r={R}
        className="term-ring-done"
        strokeDasharray={`${done * AROUND} ${AROUND}`}
        transform="rotate(-90 52 52)"
      />
      <text x="52" y="55" textAnchor="middle" className="term-ring-days">
        {days}
      </text>
      <text x="52" y="73" textAnchor="middle" className="term-ring-unit">
        {t('rotation.now.daysLeft')}
      </text>
    </svg>
  );
}
