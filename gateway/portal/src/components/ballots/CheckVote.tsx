// After a secret ballot: every paper is read, checked and counted again here, and the
// reader's own is found among them.

import { createClient } from '@connectrpc/connect';
import { useTransport } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import { type Ballot, Choice, type Paper } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { readKey } from './blindRsa';
import { same, toHex } from './bytes';
import { digestOf, isValid } from './paper';
import { dropReceipt, readReceipt } from './receipts';

interface Findings {
  papers: number;
  bad: number;
  counted: boolean; // as the ballot says
  sealed: boolean; // the digest is the ballot's
  own: 'none' | 'found' | 'missing' | 'changed';
}

export function CheckVote({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const { member } = useWork();
  const client = createClient(BallotService, useTransport());
  const [findings, setFindings] = useState<Findings>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      const papers: Paper[] = [];
      for (let pageToken = ''; ; ) {
        const page = await client.listPapers({ parent: ballot.name, pageSize: 1000, pageToken });
        papers.push(...page.papers);
        pageToken = page.nextPageToken;
        if (!pageToken) break;
      }
      setFindings(await check(ballot, papers, member));
    } catch (failed) {
      setError(failed);
    }
    setBusy(false);
  };
  const fine = findings && findings.bad === 0 && findings.counted && findings.sealed;
  return (
    <div className="ballot-check">
      <p className="muted">{t('ballots.checkNote')}</p>
      <Button onClick={go} loading={busy} data-testid="check">
        {t('ballots.check')}
      </Button>
      <Problem error={error} />
      {findings && (
        <div role="status" data-testid="findings" data-own={findings.own} data-fine={!!fine}>
          <p>{t(`ballots.own.${findings.own}`)}</p>
          <p>
            {t(fine ? 'ballots.allFine' : 'ballots.notFine', {
              count: findings.papers,
              bad: findings.bad,
            })}
          </p>
        </div>
      )}
      {readReceipt(ballot.name, member) && (
        <Button
          onClick={() => {
            dropReceipt(ballot.name, member);
            setFindings(undefined);
          }}
        >
          {t('ballots.dropReceipt')}
        </Button>
      )}
    </div>
  );
}

async function check(ballot: Ballot, papers: Paper[], member: string): Promise<Findings> {
  const key = readKey(ballot.publicKey);
  let bad = 0;
  const votes = new Map<Choice, number>();
  for (const paper of papers) {
    if (!(await isValid(paper, key))) bad++;
    votes.set(paper.choice, (votes.get(paper.choice) ?? 0) + 1);
  }
  const count = ballot.count;
  const stated: [Choice, bigint | undefined][] = [
    [Choice.FOR, count?.forVotes],
    [Choice.AGAINST, count?.againstVotes],
    [Choice.ABSTAIN, count?.abstainVotes],
  ];
  const receipt = readReceipt(ballot.name, member);
  const own = papers.find((paper) => toHex(paper.token) === receipt?.token);
  return {
    papers: papers.length,
    bad,
    counted: stated.every(([choice, said]) => said === BigInt(votes.get(choice) ?? 0)),
    sealed: same(await digestOf(papers), ballot.papersDigest),
    own: !receipt?.choice
      ? 'none'
      : !own
        ? 'missing'
        : own.choice === receipt.choice
          ? 'found'
          : 'changed',
  };
}
