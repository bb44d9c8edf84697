// A year of an alliance, lived through the public API with a clock that is moved: every other
// week people report, dispatch, resolve and rate, propose, meet, decide, carry out and exchange.
// Who does what is drawn by a seed. What was done is written down as it is done.

import { inParallel } from '../../deploy/demo/api.mjs';
import { newAlliance, person } from './alliances.mjs';
import { dateOf, dayOf, daysLater } from './recount.mjs';
import { once } from './world.mjs';

const REQUEST = 'meeting.v1.RequestService';
const TOPIC = 'meeting.v1.TopicService';
const PROJECT = 'meeting.v1.ProjectService';
const MEETING = 'meeting.v1.MeetingService';
const EXCHANGE = 'resource.v1.ExchangeService';
const CATEGORIES = ['PARKING', 'MEALS', 'ENVIRONMENT', 'NOISE', 'SAFETY', 'REPAIR', 'OTHER'];
const TYPES = ['SIMPLE', 'ORDINARY', 'DIFFICULT'];
const STEPS = 26; // of two weeks
const QUARTERS = [1, 7, 14, 20]; // the steps at which a meeting is convened for the next
const DECIDED = 8; // resolutions of a meeting
const WIDTH = 8; // calls at a time
const HOUR = 3600e3;

// Numbers from 0 to 1 by a seed (mulberry32, by Tommy Ettinger; public domain).
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Year {
  // `size`: how many requests, topics, projects, needs there are in all.
  constructor(suite, { seed, requests, topics, projects, needs }) {
    this.suite = suite;
    this.random = numbers(seed);
    this.size = { requests, topics, projects: projects - QUARTERS.length * DECIDED, needs };
    // What was done, as recount() takes it.
    this.record = {
      requests: [],
      projects: [],
      notices: [],
      topics: [],
      resolutions: [],
      invitations: [],
      needs: [],
    };
  }

  chance(probability) {
    return this.random() < probability;
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  async live(units) {
    const { name, street, members } = await newAlliance(this.suite, units);
    this.alliance = name;
    this.street = street;
    this.units = members.map((member) => member.name);
    this.liaisons = new Map();
    for (const member of this.units) {
      this.liaisons.set(member, await person(this.suite, 'LIAISON', { alliance: name, member }));
    }
    this.reporter = await person(this.suite, 'STAFF', { alliance: name, member: this.units[0] });
    for (let step = 0; step < STEPS; ++step) {
      this.suite.advanceTo(daysLater(this.#firstMoment(), 14 * step));
      await this.#act(step);
    }
    this.suite.advanceTo(daysLater(this.#firstMoment(), 14 * STEPS));
  }

  // The days of the year.
  get days() {
    const year = dayOf(this.#firstMoment()).slice(0, 4);
    return { first: `${year}-01-01`, last: `${year}-12-31` };
  }

  // Ten in the morning of 4 January of the next year.
  #firstMoment() {
    this.begin ??= Date.UTC(new Date().getUTCFullYear() + 1, 0, 4, 2);
    return this.begin;
  }

  async #act(step) {
    await this.#meet(step);
    await this.#handleOldRequests();
    await this.#receiveRequests(step);
    await this.#carryOut();
    await this.#setUpProjects(step);
    await this.#propose(step);
    await this.#exchange(step);
  }

  // How many of `all` fall on this step.
  #share(all, step) {
    return Math.floor((all * (step + 1)) / STEPS) - Math.floor((all * step) / STEPS);
  }

  // ---- requests

  async #receiveRequests(step) {
    const plans = Array.from({ length: this.#share(this.size.requests, step) }, () => ({
      category: this.chance(0.9) ? this.pick(CATEGORIES) : undefined,
      type: this.pick(TYPES),
      unit: this.chance(0.9) ? this.pick(this.units) : undefined,
      fate: this.random(),
      rating: this.#rating(),
      later: this.pick(CATEGORIES),
    }));
    await inParallel(WIDTH, plans, (plan) => this.#receive(plan));
    // One in ten was raised before by others, and is merged into what is still open.
    const open = this.record.requests.filter(({ unit, resolved, merged }) => unit && !merged && resolved === undefined);
    const doubles = Array.from({ length: open.length && Math.ceil(plans.length / 10) }, () => ({
      category: this.pick(CATEGORIES),
      type: this.pick(TYPES),
      rating: this.#rating(),
      into: this.pick(open),
    }));
    await inParallel(WIDTH, doubles, (plan) => this.#receive(plan));
  }

  #rating() {
    return this.chance(0.7) ? this.pick([1, 2, 3, 4, 5, 5]) : undefined;
  }

  async #receive({ category, type, unit, fate, rating, later, into }) {
    const asked = { title: '试验诉求', place: '某路 1 号', type: `REQUEST_TYPE_${type}` };
    if (category) asked.category = `REQUEST_CATEGORY_${category}`;
    const made = await this.reporter.call(`${REQUEST}/CreateRequest`, {
      parent: this.alliance,
      request: asked,
      requestId: once(),
    });
    const one = {
      name: made.name,
      unit: undefined,
      category: category ?? 'UNSPECIFIED',
      type,
      received: Date.parse(made.createTime),
      due: made.dueTime && Date.parse(made.dueTime),
      taken: false,
      resolved: undefined,
      rating: undefined,
      merged: undefined,
    };
    this.record.requests.push(one);
    if (into) return this.#merge(one, into, rating);
    if (!unit) return;
    const dispatched = await this.street.call(`${REQUEST}/DispatchRequest`, {
      name: one.name,
      member: unit,
      category: category ? undefined : `REQUEST_CATEGORY_${later}`,
      requestId: once(),
    });
    Object.assign(one, { unit, category: category ?? later, due: Date.parse(dispatched.dueTime) });
    if (fate < 0.6) await this.#take(one);
    if (fate < 0.35) await this.#resolve(one, rating);
  }

  async #merge(one, into, rating) {
    await this.street.call(`${REQUEST}/MergeRequests`, {
      name: into.name,
      mergedNames: [one.name],
      reason: '同一处',
      requestId: once(),
    });
    one.merged = { into, rating };
  }

  async #take(one) {
    await this.liaisons.get(one.unit).call(`${REQUEST}/StartRequest`, { name: one.name, requestId: once() });
    one.taken = true;
  }

  async #resolve(one, rating) {
    const { resolveTime } = await this.liaisons
      .get(one.unit)
      .call(`${REQUEST}/ResolveRequest`, { name: one.name, result: '已办结', requestId: once() });
    one.resolved = Date.parse(resolveTime);
    await this.#rateMerged(one);
    if (!rating) return;
    await this.reporter.call(`${REQUEST}/RateRequest`, { name: one.name, rating, requestId: once() });
    one.rating = rating;
  }

  // Whoever reported the same rates what was done about it, for the unit that did it.
  async #rateMerged(one) {
    for (const double of this.record.requests) {
      const { into, rating } = double.merged ?? {};
      if (into !== one || !rating) continue;
      await this.reporter.call(`${REQUEST}/RateRequest`, { name: double.name, rating, requestId: once() });
      Object.assign(double, { rating, unit: one.unit });
    }
  }

  async #handleOldRequests() {
    const open = this.record.requests.filter(({ unit, resolved, merged }) => unit && !merged && resolved === undefined);
    const plans = open.map((one) => ({ one, fate: this.random(), rating: this.#rating() }));
    await inParallel(WIDTH, plans, async ({ one, fate, rating }) => {
      if (fate < 0.4) await this.#resolve(one, rating);
      else if (fate < 0.5 && !one.taken) await this.#take(one);
    });
  }

  // ---- projects

  async #setUpProjects(step) {
    const plans = Array.from({ length: this.#share(this.size.projects, step) }, () => ({
      unit: this.pick(this.units),
      proposer: this.pick(this.units),
      dueDay: dayOf(daysLater(this.suite.now(), this.pick([5, 10, 20, 40, 60]))),
    }));
    await inParallel(WIDTH, plans, async ({ unit, proposer, dueDay }) => {
      const { name } = await this.street.call(`${PROJECT}/CreateProject`, {
        parent: this.alliance,
        project: { title: '试验项目', leadMember: unit, proposerMember: proposer, dueDate: dateOf(dueDay) },
        requestId: once(),
      });
      this.#track({ name, unit, proposer, dueDay, ofResolution: false });
    });
  }

  // Nobody ever works on every seventh.
  #track(project) {
    const stuck = this.record.projects.length % 7 === 3;
    this.record.projects.push({ ...project, stuck, accepted: false, submitted: undefined, rating: undefined });
  }

  async #carryOut() {
    const plans = this.record.projects
      .filter(({ accepted, stuck }) => !accepted && !stuck)
      .map((one) => ({
        one,
        does: this.random(),
        verdict: this.random(),
        supervised: this.chance(0.1),
        answers: this.chance(0.6),
        rating: this.#rating(),
      }));
    await inParallel(WIDTH, plans, (plan) => this.#move(plan));
  }

  async #move({ one, does, verdict, supervised, answers, rating }) {
    const act = (caller, method, body) =>
      caller.call(`${PROJECT}/${method}`, { name: one.name, requestId: once(), ...body });
    const lead = this.liaisons.get(one.unit);
    if (supervised) await this.#supervise(one, lead, answers);
    if (one.submitted === undefined) {
      if (does > 0.35) return;
      await act(lead, 'ReportProgress', { report: { text: '已完成', finished: true } });
      one.submitted = this.suite.now();
    }
    if (verdict < 0.2) {
      await act(this.street, 'AcceptProject', { sendBack: true, note: '请补充' });
      one.submitted = undefined;
    } else if (verdict < 0.8) {
      await act(this.street, 'AcceptProject', {});
      one.accepted = true;
      const carried = this.record.resolutions.find(({ project }) => project === one.name);
      if (carried) carried.carriedOut = true;
      if (!one.proposer || !rating) return;
      // Nobody rates itself.
      const rater = one.proposer === one.unit ? this.street : this.liaisons.get(one.proposer);
      await act(rater, 'RateProject', { rating });
      one.rating = rating;
    }
  }

  async #supervise(one, lead, answers) {
    const notice = await this.street.call(`${PROJECT}/IssueSupervisionNotice`, {
      name: one.name,
      demand: '请说明进展',
      requestId: once(),
    });
    const { year, month, day } = notice.answerDueDate;
    const kept = {
      name: notice.name,
      unit: one.unit,
      issued: Date.parse(notice.issueTime),
      dueDay: new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
      answered: undefined,
    };
    this.record.notices.push(kept);
    if (!answers) return;
    await lead.call(`${PROJECT}/AnswerSupervisionNotice`, { name: notice.name, answer: '抓紧', requestId: once() });
    kept.answered = this.suite.now();
  }

  // ---- topics

  async #propose(step) {
    for (let i = this.#share(this.size.topics, step); i > 0; --i) {
      const unit = this.pick(this.units);
      const liaison = this.liaisons.get(unit);
      const { name, createTime } = await liaison.call(`${TOPIC}/SubmitTopic`, {
        parent: this.alliance,
        topic: { title: '试验议题', body: '请联席会议讨论' },
        requestId: once(),
      });
      const one = { unit, submitted: Date.parse(createTime), withdrawn: false, reviewed: false };
      this.record.topics.push(one);
      const fate = this.random();
      if (fate < 0.1) {
        await liaison.call(`${TOPIC}/WithdrawTopic`, { name, requestId: once() });
        one.withdrawn = true;
      } else if (fate < 0.8) {
        const decision = this.pick(['ACCEPTED', 'DEFERRED', 'REJECTED']);
        await this.street.call(`${TOPIC}/ReviewTopic`, {
          name,
          decision: `STATE_${decision}`,
          reason: decision === 'ACCEPTED' ? '' : '条件尚不成熟',
          requestId: once(),
        });
        one.reviewed = true;
      }
    }
  }

  // ---- meetings

  async #meet(step) {
    if (this.meeting) await this.#hold();
    if (QUARTERS.includes(step)) await this.#convene();
  }

  // For the next step, ten minutes after it begins.
  async #convene() {
    const held = daysLater(this.suite.now(), 14) + HOUR / 6;
    const draft = async () => {
      const { name } = await this.street.call(`${MEETING}/CreateMeeting`, {
        parent: this.alliance,
        meeting: {
          title: '试验联席会议',
          startTime: new Date(held).toISOString(),
          endTime: new Date(held + HOUR).toISOString(),
        },
        requestId: once(),
      });
      await this.street.call(`${MEETING}/ConveneMeeting`, { name, requestId: once() });
      return name;
    };
    // One that is cancelled counts for nobody.
    const cancelled = await draft();
    await this.street.call(`${MEETING}/CancelMeeting`, { name: cancelled, reason: '改期', requestId: once() });
    const name = await draft();
    const answered = this.units.filter(() => this.chance(0.8));
    for (const unit of answered) {
      await this.liaisons.get(unit).call(`${MEETING}/AnswerNotice`, {
        name,
        answer: this.chance(0.8) ? 'ANSWER_ATTEND' : 'ANSWER_LEAVE',
        note: '联络员',
        requestId: once(),
      });
    }
    this.meeting = { name, held, answered };
  }

  async #hold() {
    const { name, held, answered } = this.meeting;
    this.meeting = undefined;
    const act = (method, body) => this.street.call(`${MEETING}/${method}`, { name, requestId: once(), ...body });
    const came = this.units.filter(() => this.chance(0.75));
    for (const member of came) await act('CheckInDelegate', { member });
    await act('CheckInDelegate', { observerDisplayName: '区委组织部' });
    if (came.length > 1) await act('LeaveMeeting', { member: came[0] });
    await act('OpenMeeting');
    for (const unit of this.units) {
      this.record.invitations.push({
        unit,
        held,
        answered: answered.includes(unit),
        came: came.includes(unit),
      });
    }
    await this.#decide(name, held);
    await act('CloseMeeting');
    // Closing made a project of each resolution that is to be carried out.
    const resolutions = await this.street.list(`${PROJECT}/ListResolutions`, 'resolutions', {
      parent: this.alliance,
      meeting: name,
    });
    for (const one of this.record.resolutions.filter(({ meeting }) => meeting === name)) {
      one.project = resolutions.find((each) => each.name === one.name).project;
      if (!one.toCarryOut) continue;
      this.#track({ name: one.project, unit: one.unit, dueDay: one.dueDay, ofResolution: true });
    }
  }

  async #decide(meeting, held) {
    for (let i = 0; i <= DECIDED; ++i) {
      const toCarryOut = i < DECIDED;
      const unit = this.pick(this.units);
      const dueDay = dayOf(daysLater(held, this.pick([20, 45, 80])));
      const { name } = await this.street.call(`${PROJECT}/RecordResolution`, {
        parent: this.alliance,
        resolution: {
          meeting,
          title: '试验决议',
          toCarryOut,
          ...(toCarryOut && { leadMember: unit, dueDate: dateOf(dueDay) }),
        },
        requestId: once(),
      });
      this.record.resolutions.push({ name, meeting, unit, held, dueDay, toCarryOut, carriedOut: false });
    }
  }

  // ---- needs

  async #exchange(step) {
    for (const one of this.record.needs.filter(({ fate }) => fate)) await this.#goOn(one);
    for (let i = this.#share(this.size.needs, step); i > 0; --i) {
      const unit = this.pick(this.units);
      const made = await this.liaisons.get(unit).call(`${EXCHANGE}/CreateNeed`, {
        parent: this.alliance,
        need: { category: 'EXCHANGE_CATEGORY_VENUES', title: '试验需求' },
        requestId: once(),
      });
      this.record.needs.push({
        name: made.name,
        unit,
        published: made.createTime,
        withdrawn: false,
        met: false,
        agreed: undefined,
        fate: this.pick(['left', 'withdrawn', 'agreed', 'met', 'met']),
      });
    }
  }

  async #goOn(one) {
    const { fate } = one;
    one.fate = undefined;
    if (fate === 'left') return;
    const own = this.liaisons.get(one.unit);
    const act = (caller, method, body) => caller.call(`${EXCHANGE}/${method}`, { requestId: once(), ...body });
    if (fate === 'withdrawn') {
      await act(own, 'WithdrawNeed', { name: one.name, reason: '已自行解决' });
      one.withdrawn = true;
      return;
    }
    const helper = this.liaisons.get(this.pick(this.units.filter((unit) => unit !== one.unit)));
    const { name } = await act(helper, 'ClaimMatch', { parent: this.alliance, match: { need: one.name } });
    one.agreed = (await act(own, 'AgreeMatch', { name, terms: { description: '提供会议室' } })).agreeTime;
    if (fate !== 'met') return;
    await act(helper, 'CompleteMatch', { name });
    await act(own, 'CompleteMatch', { name });
    one.met = true;
  }
}
