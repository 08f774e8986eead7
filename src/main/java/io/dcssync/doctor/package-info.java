/** The words in which every part of the program says how it finds what it works with. Knows none of the parts. */
package io.dcssync.doctor;
