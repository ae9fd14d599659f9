using Steelyard.Services.Designs.Booking;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Booking;

/// <summary>The booking service under all faults, one scenario for each variant.</summary>
internal static class BookingScenarios
{
    public static void Build(ServicesWorld world, string variant) => new BookingScenario()
        .AddTo(world, variant, new() { Duration = TimeSpan.FromSeconds(10) })
        .Faults(FaultPalette.All);
}

public sealed class OneTransaction : IServicesScenario
{
    public static void Build(ServicesWorld world) => BookingScenarios.Build(world, "one-transaction");
}

public sealed class SeatConstraint : IServicesScenario
{
    public static void Build(ServicesWorld world) => BookingScenarios.Build(world, "unique-constraint");
}

public sealed class CheckThenInsert : IServicesScenario
{
    public static void Build(ServicesWorld world) => BookingScenarios.Build(world, "check-then-insert");
}

public sealed class ExpiryByOwnClock : IServicesScenario
{
    // It takes clocks that are apart, and a takeover and a confirm in the moment between them.
    public static void Build(ServicesWorld world) => new BookingScenario()
        .AddTo(world, "expiry-by-own-clock", new() { Duration = TimeSpan.FromSeconds(60) })
        .Faults(FaultPalette.Clock);
}

public sealed class ConfirmIgnoresExpiry : IServicesScenario
{
    public static void Build(ServicesWorld world) => BookingScenarios.Build(world, "confirm-ignores-expiry");
}
