/**
 * The DCS list API as it is served: what a request may ask and what the answers look like, after "Listing Migration
 * Tasks" of the DCS API reference. It knows no list; whoever serves the API brings one.
 */
package io.dcssync.listapi;
