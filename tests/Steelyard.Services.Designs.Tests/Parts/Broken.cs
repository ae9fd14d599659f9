using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Parts;

/// <summary>What tests say of wrong variants.</summary>
internal static class Broken
{
    /// <summary>A scenario breaks a promise at a seed.</summary>
    public static void At<TScenario>(int seed, string promise)
        where TScenario : IServicesScenario
    {
        var broken = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(seed..seed));

        Assert.Contains($"{promise}: ", broken.Message, StringComparison.Ordinal);
        Assert.Contains($"seed {seed}:", broken.Message, StringComparison.Ordinal);
    }

    /// <summary>How many seeds a right variant is tried with.</summary>
    public static int Seeds { get; } =
        Environment.GetEnvironmentVariable("STEELYARD_LONG") is { Length: > 0 } ? 10_000 : 10;
}
