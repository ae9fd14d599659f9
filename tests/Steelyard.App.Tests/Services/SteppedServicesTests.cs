using Steelyard.Services.Designs;

namespace Steelyard.App.Tests.Services;

public sealed class SteppedServicesTests
{
    [Fact]
    public void Services_that_are_advanced_in_steps_make_the_same_run_once_and_leave_nothing_behind()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var run = steelyard.RunAlone(SteppedServices.Word);

        Assert.Equal("", run.Error);
        Assert.Equal(
            [
                .. ServiceCatalogue.All.Select(design => $"{design.Name}: same"),
                "left in the middle: nothing is left",
                "its page: drawn from one execution",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
