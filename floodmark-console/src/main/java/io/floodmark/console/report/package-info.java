/// A run as one self-contained HTML file: plots, tables, verdict and certificate.
///
/// The page is template, style sheet and script from resources, Chart.js from its WebJar, and the
/// run's data as JSON. It loads nothing from any network and its policy forbids that it could.
@NullMarked
package io.floodmark.console.report;

import org.jspecify.annotations.NullMarked;
