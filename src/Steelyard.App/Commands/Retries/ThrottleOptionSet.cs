using System.CommandLine;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.Histories;

namespace Steelyard.App.Commands.Retries;

/// <summary>The options of gRPC's throttle.</summary>
internal sealed class ThrottleOptionSet
{
    const double UsualRatio = 0.1;

    readonly ParameterOption _tokens = new(new("max-tokens", "the most tokens of the throttle", 1, 1000)
    {
        IsWhole = true,
    });

    readonly ParameterOption _ratio = new(new(
        "token-ratio", "what a success brings; three decimals count", 0.001, 1000) { Default = UsualRatio });

    public void AddTo(Command command)
    {
        command.Add(_tokens.Option);
        command.Add(_ratio.Option);
    }

    /// <summary>The throttle; null where nobody asked for one.</summary>
    public RetryThrottle? Read(ParseResult parsed)
    {
        var (tokens, ratio) = (_tokens.ReadOrNull(parsed), _ratio.Read(parsed));
        if (tokens is not null)
            return new((int)tokens, ratio);
        return parsed.GetValue(_ratio.Option) is null ? null : throw new UserMistakeException(
            "--max-tokens: expected the most tokens of the throttle, found --token-ratio alone");
    }
}
