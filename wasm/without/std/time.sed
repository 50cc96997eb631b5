# The engine prints no times. The linker cannot know, as contexts have deadlines.
/^func \(t Time\) String\(\) string \{$/a\
	return ""
