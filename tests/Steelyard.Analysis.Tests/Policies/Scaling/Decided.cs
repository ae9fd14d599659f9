using System.Text.RegularExpressions;
using Steelyard.Analysis.Policies.Scaling.Questions;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>Questions to autoscalers as rows of a table put them.</summary>
internal static partial class Decided
{
    /// <summary>The answer to a question, by names; numbers as whole ones are written.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        string question, IReadOnlyDictionary<string, string> given) =>
        ScalingQuestions.All.Single(one => one.Name == question).Answer(given).ToDictionary(
            figure => figure.Name, figure => figure.Word ?? $"{figure.Number}");

    /// <summary>The answer to a question asked as <c>current=3 levels=1,2</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(string question, string words) =>
        Of(question, Pairs(words));

    /// <summary>What stands as <c>name=value</c> in a text; lists in brackets are values.</summary>
    public static Dictionary<string, string> Pairs(string words) => Pair().Matches(words)
        .DistinctBy(pair => pair.Groups["name"].Value).ToDictionary(
        pair => pair.Groups["name"].Value,
        pair => pair.Groups["list"].Success
            ? pair.Groups["list"].Value.Trim() is var list && list.Length > 0 ? list : "-"
            : pair.Groups["value"].Value,
        StringComparer.Ordinal);

    [GeneratedRegex(
        @"(?<name>[\w()]+)=(\[(?<list>[^\]]*)\]|(?<value>\S+))", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Pair();
}
