import account from './account.json';
import alliances from './alliances.json';
import apply from './apply.json';
import booking from './booking.json';
import charter from './charter.json';
import common from './common.json';
import exchange from './exchange.json';
import facilities from './facilities.json';
import home from './home.json';
import journal from './journal.json';
import meetings from './meetings.json';
import members from './members.json';
import mine from './mine.json';
import reception from './reception.json';
import reports from './reports.json';
import requests from './requests.json';
import roster from './roster.json';
import rotation from './rotation.json';
import systems from './systems.json';
import users from './users.json';

export default {
  ...common,
  account,
  alliances,
  apply,
  booking,
  charter,
  exchange,
  facilities,
  home,
  journal,
  meetings,
  members,
  mine,
  reception,
  reports,
  requests,
  roster,
  rotation,
  systems,
  users,
};
