import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { AcceptedTopics } from './AcceptedTopics';
import { AgendaOverrun } from './AgendaOverrun';
import { type AgendaLine, emptyLine, itemsOf } from './agendaLines';
import { LeaveOut } from './LeaveOut';
import { LeftOut } from './LeftOut';

const kinds = [
  ItemKind.UNSPECIFIED,
  ItemKind.ORDINARY,
  ItemKind.MAJOR,
  ItemKind.PERSONNEL,
  ItemKind.CHARTER,
  ItemKind.REPORT,
];

const MOST = 50;

interface Props {
  meeting: Meeting | undefined;
  onLeftOut: (after: Meeting) => void;
}

// The items of an agenda, in order; `meeting` is the one that has them, if it is stored. What looks
// back at an overdue project is put back by itself, so it is left out with a reason.
export function AgendaFields({ meeting, onLeftOut }: Props) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState<string | null>(null);
  const stored = new Set(meeting?.agendaItems.map((item) => item.project).filter(Boolean));
  const form = Form.useFormInstance();
  // With what no field shows: the project and the topic of an item.
  const lines: AgendaLine[] = Form.useWatch('agendaItems', { form, preserve: true }) ?? [];
  const length = Number(Form.useWatch('length', form));
  const kindChoices = kinds.map((kind) => ({
    value: kind,
    label: kind ? t(`charter.kind.${kind}`) : t('session.kindNone'),
  }));
  return (
    <fieldset className="agenda-fields">
      <legend>{t('meetings.agenda')}</legend>
      <Form.List name="agendaItems">
        {(fields, { add, remove, move }) => (
          <>
            {fields.map(({ key, name }, i) => (
              <div key={key} className="agenda-line">
                <Form.Item
                  name={[name, 'title']}
                  label={t('meetings.item', { n: i + 1 })}
                  className="agenda-line-title"
                >
                  <Input maxLength={120} />
                </Form.Item>
                <Form.Item name={[name, 'kind']} label={t('topics.kind')}>
                  <NativeSelect
                    choices={kindChoices}
                    aria-label={t('session.kind', { n: i + 1 })}
                  />
                </Form.Item>
                <Form.Item name={[name, 'minutes']} label={t('meetings.itemMinutes')}>
                  <Input type="number" min={0} max={480} step={5} inputMode="numeric" />
                </Form.Item>
                <div className="agenda-line-tools">
                  <Button
                    icon={<ArrowUpOutlined />}
                    aria-label={t('meetings.itemUp', { n: i + 1 })}
                    disabled={i === 0}
                    onClick={() => move(i, i - 1)}
                  />
                  <Button
                    icon={<ArrowDownOutlined />}
                    aria-label={t('meetings.itemDown', { n: i + 1 })}
                    disabled={i === fields.length - 1}
                    onClick={() => move(i, i + 1)}
                  />
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t('meetings.itemRemove', { n: i + 1 })}
                    onClick={() => {
                      const project = lines[i]?.project ?? '';
                      if (stored.has(project)) setLeaving(project);
                      else remove(name);
                    }}
                    data-testid={stored.has(lines[i]?.project ?? '') ? 'leave-out' : undefined}
                  />
                </div>
              </div>
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={fields.length >= MOST}
              onClick={() => add(emptyLine)}
            >
              {t('meetings.itemAdd')}
            </Button>
            <AcceptedTopics
              taken={lines.map((line) => line?.topic ?? '')}
              onChoose={(topic) =>
                add({ ...emptyLine, title: topic.title, kind: topic.kind, topic: topic.name })
              }
            />
          </>
        )}
      </Form.List>
      <AgendaOverrun items={itemsOf(lines)} length={length} />
      {meeting && meeting.leftOut.length > 0 && <LeftOut leftOut={meeting.leftOut} />}
      {meeting && (
        <LeaveOut
          meeting={meeting}
          project={leaving}
          onDone={onLeftOut}
          onClose={() => setLeaving(null)}
        />
      )}
    </fieldset>
  );
}
