import apply from './apply.json';
import booking from './booking.json';
import charter from './charter.json';
import common from './common.json';
import facilities from './facilities.json';
import home from './home.json';
import meetings from './meetings.json';
import members from './members.json';
import mine from './mine.json';
import roster from './roster.json';
import rotation from './rotation.json';

export default {
  ...common,
  apply,
  booking,
  charter,
  facilities,
  home,
  meetings,
  members,
  mine,
  roster,
  rotation,
};
