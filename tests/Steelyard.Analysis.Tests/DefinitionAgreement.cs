using Steelyard.Histories;

namespace Steelyard.Analysis.Tests;

/// <summary>A checker of reads beside its definition, on many small random histories.</summary>
internal static class DefinitionAgreement
{
    /// <summary>The two say the same, an Invalid has a witness, and both verdicts come often enough to mean
    /// something. Unknown is said only where nothing was read.</summary>
    /// <param name="histories">How many.</param>
    /// <param name="next">Makes one from its seed.</param>
    /// <param name="checker">The checker.</param>
    /// <param name="holds">The definition.</param>
    /// <param name="assertWitness">Looks at what is invalid; told where it is.</param>
    public static void Assert(
        int histories, Func<int, History> next, IChecker checker, Predicate<History> holds,
        Action<History, Verdict, string> assertWitness)
    {
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < histories; seed++)
        {
            var history = next(seed);
            var expected = holds(history);
            var verdict = checker.Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            if (verdict.Validity == Validity.Unknown)
            {
                Xunit.Assert.Equal("not decided: there was no completed read", verdict.Summary);
                continue;
            }

            Xunit.Assert.True((verdict.Validity == Validity.Valid) == expected, context);
            if (!expected)
                assertWitness(history, verdict, context);
            _ = expected ? valid++ : invalid++;
        }

        Xunit.Assert.True(
            valid > histories / 10 && invalid > histories / 20, $"{valid} valid, {invalid} invalid");
    }
}
