// Attend with one click; a substitute and a leave ask for a line first.
import { Button, type ButtonProps, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain, fieldName } from '@/api/errors';
import { Problem } from '@/components/Problem';
import { Answer, type Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { useAnswer } from './useAnswer';

interface Props {
  meeting: Meeting;
  // In a list: no mark of the answer in force.
  quick?: boolean;
}

export function AnswerButtons({ meeting, quick }: Props) {
  const { t } = useTranslation();
  const { send, error, isPending } = useAnswer(meeting);
  const [asking, setAsking] = useState<Answer | null>(null);
  const given = quick ? Answer.UNSPECIFIED : meeting.ownInvitation?.answer;
  const kind = (answer: Answer) => {
    if (given === Answer.UNSPECIFIED) return answer === Answer.ATTEND ? 'primary' : 'default';
    return given === answer ? 'primary' : 'default';
  };
  const label = (answer: Answer) => {
    const name = t(`meetings.answer.${answer}`);
    if (!given) return name;
    return t(given === answer ? 'meetings.stands' : 'meetings.changeTo', { answer: name });
  };
  return (
    <div className="answer">
      <div className="answer-buttons" role="group" aria-label={t('meetings.yourAnswer')}>
        <Button
          type={kind(Answer.ATTEND)}
          aria-pressed={given === Answer.ATTEND}
          loading={isPending && asking === null}
          onClick={() => send(Answer.ATTEND, '')}
          data-testid="answer-attend"
        >
          {label(Answer.ATTEND)}
        </Button>
        <Button
          type={kind(Answer.SUBSTITUTE)}
          aria-pressed={given === Answer.SUBSTITUTE}
          onClick={() => setAsking(Answer.SUBSTITUTE)}
          data-testid="answer-substitute"
        >
          {label(Answer.SUBSTITUTE)}
        </Button>
        <Button
          type={kind(Answer.LEAVE)}
          aria-pressed={given === Answer.LEAVE}
          onClick={() => setAsking(Answer.LEAVE)}
          data-testid="answer-leave"
        >
          {label(Answer.LEAVE)}
        </Button>
      </div>
      {asking === null && error && <Problem error={error} />}
      {asking !== null && (
        <NoteDialog meeting={meeting} answer={asking} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

interface DialogProps {
  meeting: Meeting;
  answer: Answer;
  onClose: () => void;
}

function NoteDialog({ meeting, answer, onClose }: DialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const { send, error, isPending } = useAnswer(meeting);
  const own = meeting.ownInvitation;
  const [note, setNote] = useState(own?.answer === answer ? own.note : '');
  const [empty, setEmpty] = useState(false);
  const violation =
    error && explain(error).violations.find((one) => fieldName(one.field) === 'note');
  const wrong = empty ? t('meetings.noteNeeded') : violation?.text;
  const go = () => {
    if (!note.trim()) setEmpty(true);
    else send(answer, note.trim(), onClose);
  };
  return (
    <Modal
      open
      title={t(`meetings.answer.${answer}`)}
      okText={t('meetings.send')}
      cancelText={t('action.cancel')}
      okButtonProps={{ 'data-testid': 'answer-send' } as ButtonProps}
      confirmLoading={isPending}
      onOk={go}
      onCancel={onClose}
      width={440}
    >
      <div className="field">
        <label htmlFor={id}>{t(`meetings.note.${answer}`)}</label>
        <Input
          id={id}
          value={note}
          maxLength={100}
          status={wrong ? 'error' : ''}
          aria-invalid={!!wrong}
          onChange={(event) => {
            setNote(event.target.value);
            setEmpty(false);
          }}
          onPressEnter={go}
          data-testid="answer-note"
        />
        {wrong && <p className="field-error">{wrong}</p>}
      </div>
      {!violation && <Problem error={error} />}
    </Modal>
  );
}
