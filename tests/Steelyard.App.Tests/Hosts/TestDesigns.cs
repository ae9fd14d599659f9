using Steelyard.App.Tests.Services;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Tests.Hosts;

/// <summary>What these tests know as a program: all that Steelyard has, and small designs that are wrong in a
/// way of their own.</summary>
internal static class TestDesigns
{
    public static IReadOnlyList<IDesign> All { get; } = [.. EveryDesign.All, .. ServiceDesigns.All];
}
