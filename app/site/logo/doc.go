// Package logo reads a paper's logo and makes of it what browsers and phones show of
// a site: icons in the sizes that they ask for. What it gives out holds nothing that
// could run; a drawing is cleaned by package svg. It fetches nothing.
package logo
