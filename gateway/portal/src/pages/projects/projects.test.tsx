import { create } from '@bufbuild/protobuf';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import {
  Project_State,
  ProjectSchema,
  SupervisionNoticeSchema,
} from '@/gen/jinhuan/meeting/v1/project_pb';
import { Request_State, RequestSchema } from '@/gen/jinhuan/meeting/v1/request_pb';
import { addDays, DEFAULT_ZONE, dayOf, instant, stamp } from '@/lib/time';
import { ALLIANCE, type Fake, MEMBER, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

let fake: Fake;
beforeEach(() => {
  fake = newFake();
  fake.role = Role.STREET_ADMIN;
});

// A project that is due so many days from today.
function add(id: string, days: number, state = Project_State.RUNNING) {
  const [year, month, day] = addDays(dayOf(Date.now(), DEFAULT_ZONE), days).split('-').map(Number);
  const project = create(ProjectSchema, {
    name: `${ALLIANCE}/projects/${id}`,
    title: `project ${id}`,
    leadMember: MEMBER,
    dueDate: { year, month, day },
    state,
    overdue: state === Project_State.RUNNING && days < 0,
  });
  fake.projects.push(project);
  return project;
}

describe('the supervision board', () => {
  it('has every project in its lane, and supervises with one click', async () => {
    const late = add('late', -3);
    add('soon', 2).progressPercent = 0;
    add('submitted', -9, Project_State.SUBMITTED);
    add('accepted', -9, Project_State.ACCEPTED);
    renderAt('/projects/board', fake);
    const lane = within(await screen.findByRole('region', { name: '已逾期' }));
    expect(lane.getByText('逾期 3 天')).toBeInTheDocument();
    expect(lane.getByText(/未设节点，不计进度/)).toBeInTheDocument();
    expect(screen.getAllByTestId('board-project')).toHaveLength(3);
    expect(screen.getByText(/进度 0%/)).toBeInTheDocument();
    await waitFor(() => expect(lane.getByTestId('supervise-now')).toBeEnabled());
    fireEvent.click(lane.getByTestId('supervise-now'));
    expect(await lane.findByText(/督办 1 次/)).toBeInTheDocument();
    expect(late.supervisionCount).toBe(1);
    // Not a second time while the first waits for its answer: it leads there.
    expect(await lane.findByRole('link', { name: '已督办，待答复：project late' })).toHaveAttribute(
      'href',
      '/projects/late',
    );
    expect(lane.queryByTestId('supervise-now')).not.toBeInTheDocument();
    expect(screen.getByTestId('supervise-now')).toBeEnabled();
  });

  it('keeps to the lane of the address', async () => {
    add('late', -3);
    add('soon', 2);
    renderAt('/projects/board?lane=week', fake);
    expect(await screen.findByText('project soon')).toBeInTheDocument();
    expect(screen.queryByText('project late')).not.toBeInTheDocument();
  });
});

describe('what is late beside the projects', () => {
  it('is told of milestones, which have a filter, and of requests', async () => {
    const project = add('soon', 2);
    project.overdueMilestoneCount = 2;
    add('fine', 2);
    for (const overdue of [true, false]) {
      fake.requests.push(
        create(RequestSchema, {
          name: `${ALLIANCE}/requests/${overdue}`,
          title: `r ${overdue}`,
          overdue,
        }),
      );
    }
    renderAt('/projects/board?lane=milestones', fake);
    expect(await screen.findByTestId('milestones-overdue')).toHaveTextContent('节点逾期 2 个');
    expect(screen.getAllByTestId('board-project')).toHaveLength(1);
    const late = within(await screen.findByRole('region', { name: '逾期诉求' }));
    expect(await late.findByText('r true')).toBeInTheDocument();
    expect(late.getAllByTestId('board-request')).toHaveLength(1);
  });

  it('is a filter of the list', async () => {
    add('soon', 2).overdueMilestoneCount = 1;
    add('fine', 2);
    renderAt('/projects?state=milestones', fake);
    expect(await screen.findByText('project soon')).toBeInTheDocument();
    expect(screen.queryByText('project fine')).not.toBeInTheDocument();
  });
});

describe('the to-dos', () => {
  it('have what a unit works on while its clock runs, with the days that are left', async () => {
    fake.role = Role.LIAISON;
    const today = dayOf(Date.now(), DEFAULT_ZONE);
    add('soon', 5);
    add('far', 30);
    const [late] = [add('late', -3)];
    fake.notices.push(
      create(SupervisionNoticeSchema, {
        name: `${late?.name}/supervisionNotices/n`,
        demand: 'explain',
        answerDueDate: late?.dueDate,
      }),
      // Of a project of somebody else.
      create(SupervisionNoticeSchema, { name: `${ALLIANCE}/projects/x/supervisionNotices/n` }),
    );
    fake.requests.push(
      create(RequestSchema, {
        name: `${ALLIANCE}/requests/r`,
        title: 'under way',
        state: Request_State.IN_PROGRESS,
        // The midnight that ends the day after tomorrow.
        dueTime: stamp(instant(addDays(today, 3), 0, DEFAULT_ZONE)),
      }),
    );
    renderAt('/workbench', fake);
    expect(await screen.findByTestId('todo-request')).toHaveTextContent(/24:00 前办结.*还剩 2 天/);
    expect(screen.getByTestId('todo-project-soon')).toHaveTextContent('还剩 5 天');
    expect(screen.getByTestId('todo-project-report')).toHaveTextContent('逾期 3 天');
    expect(screen.getAllByTestId('todo-notice')).toHaveLength(1);
    expect(screen.queryByText('project far')).not.toBeInTheDocument();
  });

  it('accept a project with one click', async () => {
    const project = add('submitted', 5, Project_State.SUBMITTED);
    renderAt('/workbench', fake);
    fireEvent.click(await screen.findByTestId('project-accept-now'));
    await waitFor(() => expect(project.state).toBe(Project_State.ACCEPTED));
    await waitFor(() => expect(screen.queryByTestId('project-accept-now')).toBeNull());
  });
});

describe('what is not there', () => {
  it('is told as any page that is not there', async () => {
    renderAt('/requests/gone', fake);
    expect(await screen.findByText('找不到页面')).toBeInTheDocument();
    expect(screen.queryByText('重试')).not.toBeInTheDocument();
  });
});
