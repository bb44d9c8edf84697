import { create } from '@bufbuild/protobuf';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Project_State, ProjectSchema } from '@/gen/jinhuan/meeting/v1/project_pb';
import { addDays, DEFAULT_ZONE, dayOf } from '@/lib/time';
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
    add('soon', 2);
    add('submitted', -9, Project_State.SUBMITTED);
    add('accepted', -9, Project_State.ACCEPTED);
    renderAt('/projects/board', fake);
    const lane = within(await screen.findByRole('region', { name: '已逾期' }));
    expect(lane.getByText('逾期 3 天')).toBeInTheDocument();
    expect(screen.getAllByTestId('board-project')).toHaveLength(3);
    fireEvent.click(lane.getByTestId('supervise-now'));
    expect(await lane.findByText(/督办 1 次/)).toBeInTheDocument();
    expect(late.supervisionCount).toBe(1);
  });

  it('keeps to the lane of the address', async () => {
    add('late', -3);
    add('soon', 2);
    renderAt('/projects/board?lane=week', fake);
    expect(await screen.findByText('project soon')).toBeInTheDocument();
    expect(screen.queryByText('project late')).not.toBeInTheDocument();
  });
});

describe('the to-dos', () => {
  it('accept a project with one click', async () => {
    const project = add('submitted', 5, Project_State.SUBMITTED);
    renderAt('/workbench', fake);
    fireEvent.click(await screen.findByTestId('project-accept-now'));
    await waitFor(() => expect(project.state).toBe(Project_State.ACCEPTED));
    await waitFor(() => expect(screen.queryByTestId('project-accept-now')).toBeNull());
  });
});
