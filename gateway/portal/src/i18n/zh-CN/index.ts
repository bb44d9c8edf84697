import booking from './booking.json';
import common from './common.json';
import facilities from './facilities.json';
import home from './home.json';
import meetings from './meetings.json';
import members from './members.json';
import mine from './mine.json';
import rotation from './rotation.json';

export default { ...common, booking, facilities, home, meetings, members, mine, rotation };
