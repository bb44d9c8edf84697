import { useTranslation } from 'react-i18next';
import { isPlate } from '@/lib/plate';
import { clockRange, longDate } from '@/lib/time';
import type { Line } from './lines';
import type { Answer } from './useGroup';

interface Props {
  lines: readonly Line[];
  zone: string;
  answerOf: (line: Line, index: number) => Answer;
}

const tags: Record<Answer, string> = {
  ready: '',
  made: 'tag-confirmed',
  pending: 'tag-applied',
  refused: 'tag-kind',
  undone: '',
};

// What is to be booked, and of each line what came of it.
export function LineList({ lines, zone, answerOf }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <h2>{t('lending.batch.lines', { count: lines.length })}</h2>
      <ol className="rows group-lines">
        {lines.map((line, index) => {
          const answer = answerOf(line, index);
          const wrong = line.plate !== '' && !isPlate(line.plate);
          return (
            <li
              key={`${line.start} ${line.plate}`}
              className="member-card"
              data-testid="group-line"
              data-state={answer}
            >
              <span className="member-card-name">
                {longDate(line.start, zone, i18n.language)} {clockRange(line.start, line.end, zone)}
              </span>
              <span className={`tag ${wrong ? 'tag-kind' : tags[answer]}`}>
                {t(wrong ? 'lending.batch.wrongPlate' : `lending.batch.state.${answer}`)}
              </span>
              {line.plate && <span className="muted">{line.plate}</span>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
