// The locked screen of a shared till: whoever was here is known to this device no more.

import { isLocked } from "./till.js";

isLocked();
