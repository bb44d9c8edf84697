// The street names the alliance, itself, and the three lists.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { LIST_NAMES, type ListName } from '@/api/useListLabels';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Alliance } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';

interface Fields {
  displayName: string;
  streetDisplayName: string;
  listLabels: Record<ListName, string>;
}

// There before the alliance is read, so that nothing moves when it is.
export function AllianceButton({ alliance }: { alliance: Alliance | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button disabled={!alliance} onClick={() => setOpen(true)} data-testid="edit-alliance">
        {t('alliances.edit')}
      </Button>
      <Sheet open={open} title={t('alliances.edit')} onClose={() => setOpen(false)}>
        {alliance && <AllianceForm alliance={alliance} onDone={() => setOpen(false)} />}
      </Sheet>
    </>
  );
}

function AllianceForm({ alliance: read, onDone }: { alliance: Alliance; onDone: () => void }) {
  // As it was when the form was filled: what is read meanwhile has another etag.
  const [alliance] = useState(read);
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const update = useActOf(AllianceService.method.updateAlliance, [AllianceService], () =>
    t('form.saved'),
  );

  const submit = (fields: Fields) => {
    setProblem(null);
    const said = {
      name: alliance.name,
      etag: alliance.etag,
      displayName: fields.displayName.trim(),
      streetDisplayName: fields.streetDisplayName.trim(),
      listLabels: Object.fromEntries(
        LIST_NAMES.map((list) => [list, fields.listLabels[list].trim()]),
      ),
    };
    const paths = ['display_name', 'street_display_name', 'list_labels'];
    update.send({ alliance: said, updateMask: { paths } }, onDone, (error) =>
      setProblem(placeViolations(form, error) ? null : error),
    );
  };

  return (
    <Form
      form={form}
      name="edit-alliance"
      layout="vertical"
      requiredMark={false}
      initialValues={{
        displayName: alliance.displayName,
        streetDisplayName: alliance.streetDisplayName,
        listLabels: Object.fromEntries(
          LIST_NAMES.map((list) => [list, alliance.listLabels?.[list] ?? '']),
        ),
      }}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <Form.Item
        name="displayName"
        label={t('alliances.displayName')}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="streetDisplayName" label={t('alliances.street')}>
        <Input maxLength={60} />
      </Form.Item>
      <fieldset>
        <legend>{t('alliances.lists')}</legend>
        <p className="muted">{t('alliances.listsHint')}</p>
        {LIST_NAMES.map((list) => (
          <Form.Item key={list} name={['listLabels', list]} label={t(`exchange.list.${list}`)}>
            <Input maxLength={12} data-testid={`label-${list}`} />
          </Form.Item>
        ))}
      </fieldset>
      <Problem error={problem} />
      <Button type="primary" htmlType="submit" block loading={update.isPending}>
        {t('action.save')}
      </Button>
    </Form>
  );
}
