using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems;

/// <summary>The options of systems whose service is scaled: a policy by a word of the system's own, or any
/// policy in words.</summary>
internal static class ScalingOption
{
    const string Scaling = "scaling";
    const string Policy = "policy";
    const string None = "none";

    /// <summary>Both of them.</summary>
    /// <param name="choices">The system's own words, the usual one first.</param>
    public static IReadOnlyList<DesignOption> Of(params IReadOnlyList<string> choices) =>
    [
        DesignOption.Choice(Scaling, "What scales the service", choices),
        new(Policy, OptionShape.Text, None,
            "Another policy in its place, in words such as hpa:down-window=0s or aws-target")
        {
            Check = static text => _ = text == None ? null : ScalingPolicies.Create(text, new()),
        },
    ];

    /// <summary>What was chosen, in the words it was chosen by.</summary>
    public static string Word(DesignOptions options) =>
        options.Choice(Policy) is var policy && policy != None ? policy : options.Choice(Scaling);

    /// <summary>The policy that was chosen.</summary>
    /// <param name="options">What was given.</param>
    /// <param name="named">The policy of each of the system's words.</param>
    public static string Chosen(DesignOptions options, Func<string, string> named) =>
        options.Choice(Policy) is var policy && policy != None ? policy : named(options.Choice(Scaling));
}
