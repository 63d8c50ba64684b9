/** The web page: its functions without a browser, and the page itself in one. */
package dev.centime.gateway.page;
