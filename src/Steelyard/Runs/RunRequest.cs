using Steelyard.Histories;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>A <see cref="RunSpec"/> whose design was found and whose options it takes.</summary>
/// <param name="Spec">What was asked for.</param>
/// <param name="Design">Its design.</param>
/// <param name="Options">All its options, with their values.</param>
public sealed record RunRequest(RunSpec Spec, IDesign Design, DesignOptions Options)
{
    /// <summary>What breaks.</summary>
    public FaultChoice Faults => Spec.Faults;

    /// <summary>The number it all grows from.</summary>
    public Seed Seed => Spec.Seed;

    /// <summary>A request made of its parts.</summary>
    /// <param name="design">The design.</param>
    /// <param name="options">Its options.</param>
    /// <param name="faults">What breaks.</param>
    /// <param name="seed">The number it all grows from.</param>
    /// <param name="assembly">The user's assembly that holds the design; null is one of ours.</param>
    public static RunRequest Of(
        IDesign design, DesignOptions options, FaultChoice faults, Seed seed, string? assembly = null) =>
        new(
            new()
            {
                Assembly = assembly,
                Design = design.Name,
                Options = Given(design, options),
                Common = options.Common,
                Faults = faults,
                Seed = seed,
                IsOfServices = RunSpec.AreServices(design),
            },
            design, options);

    /// <summary>The same with another seed.</summary>
    public RunRequest With(Seed seed) => this with { Spec = Spec with { Seed = seed } };

    /// <summary>The scenario of the design and its options.</summary>
    /// <exception cref="UserMistakeException">The options do not fit together.</exception>
    /// <exception cref="DesignFailedException">The user's design threw something else.</exception>
    public Scenario Build()
    {
        var scenario = DesignFailedException.Guard(Spec, () => Design.Build(Options));
        var promises = scenario.Promises;
        return Spec.Common.Expect is { Count: > 0 } more
            ? scenario with { Promises = promises with { Limits = [.. promises.Limits, .. more] } }
            : scenario;
    }

    /// <summary>Looks whether options, faults and design fit together, before anything is run or
    /// written.</summary>
    /// <exception cref="UserMistakeException">They do not.</exception>
    public void MustFit() => _ = Faults.PlanFor(Build(), Seed);

    static OrderedDictionary<string, string> Given(IDesign design, DesignOptions options)
    {
        var given = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in design.Options)
            if (options.Given(option.Name))
                given.Add(option.Name, options.Values[option.Name]);
        return given;
    }
}
