# For scripts that build: one compiler for all projects, warm after the first, also where machines ask for a cold one
# each. It has a name of its own, by which it is found, and ends with the build.
compiler=steelyard-$$
with_warm_compiler() {
    trap end_compiler EXIT; trap 'exit 130' INT; trap 'exit 143' TERM
    code=0
    "$@" -p:UseSharedCompilation=true -p:SharedCompilationId=$compiler || code=$?
    end_compiler
    trap - EXIT INT TERM
    return $code
}

end_compiler() {
    for about in /proc/[0-9]*/cmdline; do
        if tr '\0' ' ' 2> /dev/null < "$about" | grep -q -- "-pipename:$compiler "; then
            process=${about#/proc/}; kill "${process%/cmdline}" || true
        fi
    done
    # Where it listened, which a process that is ended leaves.
    rm -f "${TMPDIR:-/tmp}/$compiler"
}
