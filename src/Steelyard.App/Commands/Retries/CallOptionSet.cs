using System.CommandLine;
using Steelyard.Analysis.Policies.Retries;

namespace Steelyard.App.Commands.Retries;

/// <summary>The options of a call that gRPC tries several times: what becomes of its attempts, and what it is
/// bound by.</summary>
internal sealed class CallOptionSet(string triedAgain, string meaning)
{
    const double UsualTakes = 0.01;

    readonly Option<string> _outcomes = new("--outcomes")
    {
        Description = AttemptWords.Help,
        HelpName = "list",
        DefaultValueFactory = _ => "unavailable",
    };

    readonly ParameterOption _takes = WaitOptions.Time(
        "takes", "what an attempt takes where its outcome does not say", UsualTakes);

    readonly ParameterOption _deadline = WaitOptions.Time(
        "deadline", "when the call fails, over all attempts; none when not given", least: 1e-6);

    readonly Option<string> _triedAgain = new(triedAgain)
    {
        Description = meaning,
        HelpName = "statuses",
        DefaultValueFactory = _ => "unavailable",
    };

    readonly ThrottleOptionSet _throttle = new();

    public ParameterOption MaxAttempts { get; } = WaitOptions.Count(
        "max-attempts", "all attempts, the first among them; more than 5 count as 5", 4, 2, 1_000_000);

    /// <summary>What the call does is shown so.</summary>
    public FigureOptionSet Shown { get; } = new();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _outcomes, _takes.Option, _deadline.Option, MaxAttempts.Option, _triedAgain])
            command.Add(option);
        _throttle.AddTo(command);
        Shown.AddTo(command);
    }

    public CallScript Read(ParseResult parsed) => new(
        AttemptWords.Of(parsed.GetValue(_outcomes)!, _takes.Time(parsed)),
        AttemptWords.StatusesOf(parsed.GetValue(_triedAgain)!, triedAgain), _deadline.TimeOrNull(parsed),
        _throttle.Read(parsed));
}
