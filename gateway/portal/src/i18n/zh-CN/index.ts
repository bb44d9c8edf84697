import account from './account.json';
import alliances from './alliances.json';
import apply from './apply.json';
import ballots from './ballots.json';
import booking from './booking.json';
import charter from './charter.json';
import common from './common.json';
import exchange from './exchange.json';
import facilities from './facilities.json';
import handover from './handover.json';
import home from './home.json';
import journal from './journal.json';
import lending from './lending.json';
import lottery from './lottery.json';
import meetings from './meetings.json';
import members from './members.json';
import menus from './menus.json';
import mine from './mine.json';
import minutes from './minutes.json';
import notices from './notices.json';
import passes from './passes.json';
import procedures from './procedures.json';
import projects from './projects.json';
import proof from './proof.json';
import reception from './reception.json';
import reports from './reports.json';
import requests from './requests.json';
import resolutions from './resolutions.json';
import roster from './roster.json';
import rotation from './rotation.json';
import session from './session.json';
import systems from './systems.json';
import topics from './topics.json';
import users from './users.json';

export default {
  ...common,
  account,
  alliances,
  apply,
  ballots,
  booking,
  charter,
  exchange,
  facilities,
  handover,
  home,
  journal,
  lending,
  lottery,
  meetings,
  members,
  menus,
  mine,
  minutes,
  notices,
  passes,
  procedures,
  projects,
  proof,
  reception,
  reports,
  requests,
  resolutions,
  roster,
  rotation,
  session,
  systems,
  topics,
  users,
};
