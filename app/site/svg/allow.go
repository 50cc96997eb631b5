package svg

import "strings"

// The elements that a drawing may have. They are those of SVG 2 that draw, group
// or describe, without scripts, animations (which can set a link), pictures within
// (a site's policy forbids data: addresses) and pages within (foreignObject).
var elements = set(`svg g defs symbol use switch title desc
	path rect circle ellipse line polyline polygon text tspan textPath
	linearGradient radialGradient stop clipPath mask pattern marker filter
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
	feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
	feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
	feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
	feTurbulence`)

// The elements whose text is seen or read aloud; between others is white space.
var texts = set("title desc text tspan textPath")

// The properties of CSS that are attributes of SVG as well (SVG 2, section 6.6,
// and those of SVG 1.1 that are still drawn).
var properties = set(`alignment-baseline baseline-shift clip-path clip-rule color
	color-interpolation color-interpolation-filters cursor direction display
	dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity
	font-family font-size font-size-adjust font-stretch font-style font-variant
	font-weight glyph-orientation-horizontal glyph-orientation-vertical
	image-rendering letter-spacing lighting-color marker-end marker-mid
	marker-start mask mask-type opacity overflow paint-order pointer-events
	shape-rendering stop-color stop-opacity stroke stroke-dasharray
	stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
	stroke-opacity stroke-width text-anchor text-decoration text-overflow
	text-rendering transform-origin unicode-bidi vector-effect visibility
	white-space word-spacing writing-mode`)

// The attributes that are no properties.
var attributes = set(`id href xml:space xml:lang lang role aria-label aria-hidden
	aria-labelledby aria-describedby version viewBox preserveAspectRatio width
	height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points pathLength transform
	gradientTransform gradientUnits spreadMethod offset patternContentUnits
	patternTransform patternUnits clipPathUnits maskUnits maskContentUnits
	markerHeight markerUnits markerWidth refX refY orient filterUnits
	primitiveUnits dx dy rotate textLength lengthAdjust startOffset method
	spacing side requiredExtensions systemLanguage in in2 result amplitude
	azimuth baseFrequency bias diffuseConstant divisor edgeMode elevation
	exponent intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
	limitingConeAngle mode numOctaves operator order pointsAtX pointsAtY
	pointsAtZ preserveAlpha radius scale seed slope specularConstant
	specularExponent stdDeviation stitchTiles surfaceScale tableValues targetX
	targetY type values xChannelSelector yChannelSelector z`)

func set(names string) map[string]bool {
	all := make(map[string]bool)
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}

// allowed reports whether an attribute may stand in a drawing with that value.
func allowed(name, value string) bool {
	switch {
	case name == "href":
		return strings.HasPrefix(strings.TrimSpace(value), "#")
	case properties[name]:
		return !fetches(value)
	}
	return attributes[name]
}

// fetches reports whether the value of a property refers to another file.
// Escapes could hide one, so they count.
func fetches(css string) bool {
	css = strings.ToLower(strings.Join(strings.Fields(css), ""))
	for _, within := range []string{"url(#", `url("#`, "url('#"} {
		css = strings.ReplaceAll(css, within, "")
	}
	for _, part := range []string{"url(", "src(", "image(", "image-set(", "@", `\`, "/*"} {
		if strings.Contains(css, part) {
			return true
		}
	}
	return false
}
