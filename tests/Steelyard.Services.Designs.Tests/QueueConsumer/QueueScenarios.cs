using Steelyard.Services.Designs.QueueConsumer;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.QueueConsumer;

/// <summary>The queue under all faults, one scenario for each variant.</summary>
internal static class QueueScenarios
{
    public static void Build(ServicesWorld world, string variant) => new QueueScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(10) })
        .Faults(FaultPalette.All);
}

public sealed class DedupWithEffect : IServicesScenario
{
    public static void Build(ServicesWorld world) => QueueScenarios.Build(world, "dedup-with-effect");
}

public sealed class AckBeforeEffect : IServicesScenario
{
    public static void Build(ServicesWorld world) => QueueScenarios.Build(world, "ack-before-effect");
}

public sealed class NoDedup : IServicesScenario
{
    public static void Build(ServicesWorld world) => QueueScenarios.Build(world, "no-dedup");
}

public sealed class DedupInMemory : IServicesScenario
{
    public static void Build(ServicesWorld world) => QueueScenarios.Build(world, "dedup-in-memory");
}

public sealed class NoDeadLetter : IServicesScenario
{
    public static void Build(ServicesWorld world) => QueueScenarios.Build(world, "no-dead-letter");
}
