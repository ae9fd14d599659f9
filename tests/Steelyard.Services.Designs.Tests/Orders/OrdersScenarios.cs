using Steelyard.Services.Designs.Orders;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Orders;

/// <summary>The shop under all faults, one scenario for each variant.</summary>
internal static class OrdersScenarios
{
    public static void Build(ServicesWorld world, string variant) => new OrdersScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(5) })
        .Faults(FaultPalette.All);
}

public sealed class Orchestrated : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "saga");
}

public sealed class Choreographed : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "choreography");
}

public sealed class NoCompensation : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "no-compensation");
}

public sealed class CompensateKnownSteps : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "compensate-known-steps");
}

public sealed class NoTombstone : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "no-tombstone");
}

public sealed class StepsWithoutIdempotency : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        OrdersScenarios.Build(world, "steps-without-idempotency");
}

public sealed class UndoWithoutIdempotency : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "undo-without-idempotency");
}

public sealed class StateInMemory : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "state-in-memory");
}

public sealed class ServerChosenId : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "server-chosen-id");
}

public sealed class TellAfterCommit : IServicesScenario
{
    public static void Build(ServicesWorld world) => OrdersScenarios.Build(world, "tell-after-commit");
}
