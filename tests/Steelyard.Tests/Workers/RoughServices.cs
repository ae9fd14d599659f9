using System.Text;
using Microsoft.AspNetCore.Http;
using Steelyard.Services.Scenarios;
using Steelyard.Tests.Testing;

namespace Steelyard.Tests.Workers;

/// <summary>Services whose process does something it should not in its third run.</summary>
internal abstract class RoughServices : TinyServices
{
    static int s_runs;

    protected static void Build(ServicesWorld world, Action third) =>
        Build(world, StatusCodes.Status200OK, begins: () =>
        {
            if (++s_runs == 3)
                third();
        });
}

/// <summary>Its process dies.</summary>
internal sealed class DyingServices : RoughServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, () => Environment.Exit(9));
}

/// <summary>Its process hangs.</summary>
internal sealed class HangingServices : RoughServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, () => Thread.Sleep(Timeout.Infinite));
}

/// <summary>Its process prints between the answers, as native code can.</summary>
internal sealed class PrintingServices : RoughServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, () =>
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes("warning: the third\n"));
    });
}
