// Edits the rules, has the server check them, shows what they change, adopts them.
import { create } from '@bufbuild/protobuf';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { newRequestId, useRequestId } from '@/api/requestId';
import { useAlliance } from '@/api/useAlliance';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { clearErrors } from '@/components/form';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { type Charter, CharterSchema } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import { addDays, dayOf } from '@/lib/time';
import { type Fields, fieldAt, fieldsOf, merged, toCharter } from './charterFields';
import { Difference } from './Difference';
import { HolidayFields } from './HolidayFields';
import { Part, RuleFields } from './RuleFields';

interface Props {
  last: Charter;
  inForce: Charter;
  reload: () => Promise<Charter | undefined>;
}

export function AdoptForm({ last, inForce, reload }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [base, setBase] = useState(last);
  const [problem, setProblem] = useState<unknown>(null);
  // What was found right, and is shown before it is adopted.
  const [review, setReview] = useState<Charter | null>(null);
  const check = useMutation(CharterService.method.adoptCharter);
  const adopt = useMutation(CharterService.method.adoptCharter);
  const stale = problem ? explain(problem).reason === 'ETAG_STALE' : false;

  const fail = (error: unknown) => {
    const fields = form.getFieldsValue(true);
    const known = new Set(Object.keys(fields));
    const { violations } = explain(error);
    const placed = violations
      .map(({ field, text }) => ({ name: fieldAt(field, fields), errors: [text] }))
      .filter(({ name }) => known.has(name) && name !== 'holidays');
    form.setFields(placed);
    setReview(null);
    setProblem(violations.length > 0 && placed.length === violations.length ? null : error);
    const first = placed[0];
    // Once the form is back on the page.
    if (first) requestAnimationFrame(() => form.scrollToField(first.name, { focus: true }));
  };
  const request = () => ({
    parent: alliance,
    charter: toCharter(form.getFieldsValue(true)),
    baseVersion: base.version,
  });
  const toReview = () => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const asked = request();
    check.mutate(
      { ...asked, validateOnly: true, requestId: newRequestId() },
      {
        onSuccess: () => {
          setReview(create(CharterSchema, asked.charter));
          window.scrollTo(0, 0);
        },
        onError: fail,
      },
    );
  };
  const go = () => {
    const asked = request();
    adopt.mutate(
      { ...asked, requestId: requestId.idFor(asked) },
      {
        onSuccess: (adopted) => {
          requestId.done();
          void refresh(queries, CharterService);
          toast({ text: t('charter.adoptedToast', { version: adopted.version }) });
          navigate(adopted.inForce ? '/charter' : `/charter/${adopted.version}`);
        },
        onError: fail,
      },
    );
  };
  // Takes over what the newer version says, and keeps what the reader did.
  const merge = async () => {
    const fresh = await reload();
    if (!fresh) return;
    form.setFieldsValue(merged(fieldsOf(base), form.getFieldsValue(true), fieldsOf(fresh)));
    setBase(fresh);
    setProblem(null);
  };

  const today = dayOf(Date.now(), zone);
  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      {review && (
        <Panel title={t('charter.against', { version: inForce.version })}>
          <Difference before={inForce} after={review} />
          <p className="review-note">
            {t('charter.reviewNote', {
              version: base.version + 1,
              day: String(form.getFieldValue('effective_date')),
            })}
          </p>
          <Problem error={problem} />
          <div className="form-actions">
            <Button
              type="primary"
              loading={adopt.isPending}
              onClick={go}
              data-testid="confirm-adopt"
            >
              {t('charter.adoptYes', { version: base.version + 1 })}
            </Button>
            <Button onClick={() => setReview(null)}>{t('charter.backToForm')}</Button>
          </div>
        </Panel>
      )}
      <div hidden={!!review}>
        <Form
          form={form}
          name="charter"
          layout="vertical"
          className="form charter-form"
          initialValues={{
            ...fieldsOf(last),
            effective_date: addDays(today, 1),
          }}
          onFinish={toReview}
          onFinishFailed={({ errorFields }) => openYears(errorFields[0]?.name)}
          onValuesChange={(changed) => clearErrors(form, changed)}
          scrollToFirstError={{ focus: true }}
        >
          <Part title={t('charter.adoption')}>
            <Form.Item
              name="decision"
              label={t('charter.decision')}
              extra={t('charter.decisionHint')}
              rules={[needed]}
            >
              <Input maxLength={200} data-testid="decision" />
            </Form.Item>
            <Form.Item
              name="effective_date"
              label={t('charter.effective')}
              extra={t('charter.effectiveHint')}
              rules={[needed]}
            >
              <Input type="date" min={today} data-testid="effective" />
            </Form.Item>
            <Form.Item name="summary" label={t('charter.summary')} className="form-wide">
              <Input.TextArea rows={3} maxLength={2000} showCount />
            </Form.Item>
          </Part>
          <RuleFields />
          <HolidayFields />
          <Problem error={problem} />
          <div className="form-actions">
            <Button
              type="primary"
              htmlType="submit"
              loading={check.isPending}
              data-testid="to-review"
            >
              {t('charter.toReview')}
            </Button>
            {stale && (
              <Button onClick={merge} data-testid="merge">
                {t('form.reload')}
              </Button>
            )}
          </div>
        </Form>
      </div>
    </>
  );
}

// A year that is folded hides its fields, and what is wrong with them.
function openYears(name: readonly (string | number)[] | undefined): void {
  if (name?.[0] !== 'holidays') return;
  for (const year of document.querySelectorAll<HTMLDetailsElement>('.holiday-year')) {
    year.open = true;
  }
}
