using Steelyard.Specs;

namespace Steelyard.Tests.Specs;

public sealed class UserLoadContextTests
{
    [Theory]
    [InlineData("System.Runtime, Version=10.0.0.0", true)]
    [InlineData("Microsoft.Extensions.DependencyInjection.Abstractions, Version=10.0.0.0", true)]
    [InlineData("Microsoft.Extensions.DependencyInjection.Abstractions, Version=99.0.0.0", false)]
    [InlineData("YamlDotNet, Version=1.0.0.0", false)]
    [InlineData("No.Such.Assembly, Version=1.0.0.0", false)]
    public void What_is_of_dotnet_is_shared_unless_it_is_older(string name, bool isShared) =>
        Assert.Equal(isShared, UserLoadContext.IsOfDotNet(new(name)));
}
