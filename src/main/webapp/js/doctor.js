// @ts-check
import './doctor/parley-doctor.js';
