using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Designs.Idempotency;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard conform</c>: hold a service to a suite of cases.</summary>
internal sealed class ConformCommandLine
{
    const string Idempotency = "idempotency";
    const string Payments = "payments";

    readonly Terminal _terminal;
    readonly Argument<string> _suite = new("suite") { Description = $"Which suite: {Idempotency}" };
    readonly Option<string?> _sample = CommonOptionSet.Text(
        "--sample", "which", $"A sample in the services world, crashes at every moment included: {Payments}");
    readonly Option<string?> _variant = CommonOptionSet.Text(
        "--variant", "which",
        $"The sample's way with retries: {string.Join(", ", Conformance.Variants)}"
        + $" [default: {Conformance.Variants[0]}]");
    readonly Option<string?> _seed = CommonOptionSet.Text(
        "--seed", "number", "The number that simulated worlds grow from; 1 when not given");
    readonly AppOptionSet _app = new();
    readonly LiveOptionSet _live = new();
    readonly Option<bool> _mustOnly = new("--must-only")
    {
        Description = "Let a failed SHOULD be a warning, so that only a failed MUST, or money, counts",
    };
    readonly Option<bool> _exchanges = new("--exchanges")
    {
        Description = "Show what was sent and what came back for every case, not only for failed ones",
    };
    readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON" };

    readonly DesignCatalogue _designs;

    ConformCommandLine(DesignCatalogue designs, Terminal terminal) =>
        (_designs, _terminal) = (designs, terminal);

    public static Command Create(DesignCatalogue designs, Terminal terminal)
    {
        var conform = new ConformCommandLine(designs, terminal);
        var command = new Command(
            "conform", "Hold a service, or a sample, to what idempotency keys promise") { conform._suite };
        conform._suite.CompletionSources.Add(Idempotency);
        conform._variant.CompletionSources.Add([.. Conformance.Variants]);
        foreach (var option in new Option[] { conform._sample, conform._variant, conform._seed })
            command.Add(option);
        conform._app.AddTo(command);
        conform._live.AddTo(command);
        foreach (var option in new Option[] { conform._mustOnly, conform._exchanges, conform._json })
            command.Add(option);
        command.SetAction(conform.Execute);
        Examples.Of(
            command,
            "steelyard conform idempotency --app bin/Release/net10.0/My.Tests.dll --scenario Payments",
            "steelyard conform idempotency --sample payments --variant key-after-effect",
            "steelyard conform idempotency --url http://127.0.0.1:5000/payments"
            + " --effects-url http://127.0.0.1:5000/ledger");
        return command;
    }

    int Execute(ParseResult parsed)
    {
        if (parsed.GetValue(_suite) is not Idempotency and var suite)
            throw new UserMistakeException($"conform: expected {Idempotency}, found \"{suite}\"");
        using var interruption = new Interruption();
        using var status = new StatusLine(_terminal);
        var progress = new Shown(status);
        ConformanceResult result;
        try
        {
            result = _app.Read(parsed, _designs) is { } scenario
                ? Scenario(parsed, scenario, progress, interruption.Token)
                : _live.Read(parsed) is { } settings
                ? Live(parsed, settings, progress, interruption.Token)
                : Sample(parsed, progress, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }

        status.Clear();
        var isStrict = !parsed.GetValue(_mustOnly);
        if (parsed.GetValue(_json))
            _terminal.Json(json => ConformJson.Write(json, result));
        else
            new ConformLines(_terminal, isStrict).Write(result, parsed.GetValue(_exchanges));
        return result.Holds(isStrict) ? ExitCodes.Held : ExitCodes.Broken;
    }

    ConformanceResult Live(
        ParseResult parsed, ProbeSettings settings, Shown progress, CancellationToken cancellation)
    {
        foreach (var option in new[] { _sample, _variant, _seed })
            if (parsed.GetValue(option) is not null)
                throw new UserMistakeException($"{option.Name}: expected it without --url, found both");
        return Conformance.Run(settings, progress, cancellation).GetAwaiter().GetResult();
    }

    ConformanceResult Scenario(
        ParseResult parsed, DesignEntry scenario, Shown progress, CancellationToken cancellation)
    {
        if (_live.Read(parsed) is not null || parsed.GetValue(_sample) is not null
            || parsed.GetValue(_variant) is not null)
            throw new UserMistakeException("--app: expected neither --sample, --variant nor --url with it");
        var design = scenario.Design;
        var request = RunRequest.Of(
            design, new(design, new()), FaultChoice.Story, SeedOf(parsed), scenario.Assembly);
        StartOver.OnTheCopyFor(request);
        return DesignFailedException.Guard(request.Spec, () => Conformance.Run(
            ((ScenarioDesign)design).Services!, design.Name, request.Seed, progress, cancellation));
    }

    Seed SeedOf(ParseResult parsed) =>
        parsed.GetValue(_seed) is { } text ? CommonOptionSet.SeedOf(text) : RunSpec.DefaultSeed;

    ConformanceResult Sample(ParseResult parsed, Shown progress, CancellationToken cancellation)
    {
        if (parsed.GetValue(_sample) is not Payments and var sample)
            throw new UserMistakeException(sample is null
                ? $"conform: expected --app, --sample {Payments} or --url, found none"
                : $"--sample: expected {Payments}, found \"{sample}\"");
        var variant = parsed.GetValue(_variant) ?? Conformance.Variants[0];
        return Conformance.Run(variant, SeedOf(parsed), progress, cancellation);
    }

    sealed class Shown(StatusLine status) : IProgress<ConformanceCase>
    {
        public void Report(ConformanceCase value) =>
            status.Show(_ => $"case {value.Id} of {ConformanceCase.All.Count}: {value.Name}");
    }
}
